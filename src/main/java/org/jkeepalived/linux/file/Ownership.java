package org.jkeepalived.linux.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jkeepalived.linux.NativeFunction;

/** Whether what a file says was said by this process's user: what others wrote is not acted on. */
public final class Ownership {

  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int ROOT = 0;

  private Ownership() {}

  /**
   * Checks a folder: its files are ours if nobody else can put any there.
   *
   * @throws FileSystemException it is none, or a symbolic link, or others can write to it
   * @throws IOException it cannot be looked at
   */
  public static void requireFolder(Path folder) throws IOException {
    require(folder, S_IFDIR, "Not a directory");
  }

  /**
   * Checks a file.
   *
   * @throws FileSystemException it is none, or a symbolic link, or others can write to it
   * @throws IOException it cannot be looked at
   */
  public static void requireFile(Path file) throws IOException {
    require(file, S_IFREG, "Not a regular file");
  }

  private static void require(Path path, int type, String otherwise) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) found.get("mode");
    int owner = (Integer) found.get("uid");
    if ((mode & S_IFMT) != type) {
      throw new FileSystemException(path.toString(), null, otherwise);
    }
    if (owner != ROOT && owner != NativeFunction.ofLibc("geteuid").call()) {
      throw new FileSystemException(path.toString(), null, "Belongs to another user");
    }
    if ((mode & WRITABLE_BY_OTHERS) != 0) {
      throw new FileSystemException(path.toString(), null, "Can be written by other users");
    }
  }
}
