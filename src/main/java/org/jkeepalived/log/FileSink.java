package org.jkeepalived.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.time.LocalClock;

/**
 * {@code -g FILE}: one file per process of keepalived's, {@code _vrrp} and the like inserted before
 * the last dot, each opened when its first line comes.
 *
 * <p>Lines reach the file when no further one is waiting, with {@code --flush-log-file} after each.
 */
final class FileSink implements LineSink {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final boolean flushEachLine;
  private final LineFormat format;
  private final Map<KeepalivedProcess, OutputStream> open = new EnumMap<>(KeepalivedProcess.class);
  private volatile boolean reopenAsked;

  FileSink(Path file, boolean flushEachLine, LocalClock clock) {
    this(file, flushEachLine, new ConsoleFormat(clock));
  }

  /** In another form than keepalived's. */
  FileSink(Path file, boolean flushEachLine, LineFormat format) {
    this.file = file;
    this.flushEachLine = flushEachLine;
    this.format = format;
  }

  static Path fileOf(Path file, KeepalivedProcess process) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int at = dot < 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, at) + process.fileInfix() + name.substring(at));
  }

  /** Any thread may ask for it, after the files were rotated away. */
  void reopen() {
    reopenAsked = true;
  }

  @Override
  public boolean hasSwitchedFormat() {
    return format instanceof SwitchedFormat;
  }

  @Override
  public String name() {
    return "file";
  }

  /** The file that the first line of every start goes to: who misspelt it learns so at once. */
  @Override
  public void open() throws IOException {
    stream(KeepalivedProcess.PARENT);
  }

  @Override
  public void write(LogLine line) throws IOException {
    if (reopenAsked) {
      reopenAsked = false;
      close();
    }
    OutputStream stream = stream(line.process());
    String text = format.format(line) + "\n";
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    if (flushEachLine) {
      stream.flush();
    }
  }

  private OutputStream stream(KeepalivedProcess process) throws IOException {
    OutputStream stream = open.get(process);
    if (stream == null) {
      stream = append(fileOf(file, process));
      open.put(process, stream);
    }
    return stream;
  }

  /** Into no other file than the one of that name: a link could lead to any that is root's. */
  private static OutputStream append(Path file) throws IOException {
    requireRegularIfThere(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    return new BufferedOutputStream(Channels.newOutputStream(channel));
  }

  /**
   * Looked at before it is opened: a pipe would wait for its reader, a device could do anything.
   */
  private static void requireRegularIfThere(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        String what = found.isSymbolicLink() ? "Is a symbolic link" : "Not a regular file";
        throw new FileSystemException(file.toString(), null, what);
      }
    } catch (NoSuchFileException missing) {
      // it is made
    }
  }

  @Override
  public void flush() throws IOException {
    for (OutputStream stream : open.values()) {
      stream.flush();
    }
  }

  @Override
  public void close() {
    for (OutputStream stream : open.values()) {
      try {
        stream.close();
      } catch (IOException lost) {
        // the disk is full or gone: there is nowhere left to say so
        continue;
      }
    }
    open.clear();
  }
}
