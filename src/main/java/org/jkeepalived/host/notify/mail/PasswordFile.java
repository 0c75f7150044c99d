package org.jkeepalived.host.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jkeepalived.notify.mail.RelayFailure;

/** Reads passwords from files that others cannot read, nor write to. */
final class PasswordFile {

  private static final int MAXIMUM_BYTES = 64 * 1024;

  /** The first line of a file. */
  String read(String name) throws RelayFailure {
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path)) { // a FIFO would block
        throw problem(name, Files.exists(path) ? "it is not a file" : "there is no such file");
      }
      if (Files.size(path) > MAXIMUM_BYTES) {
        throw problem(name, "it is too large");
      }
      if (isOpen(path)) {
        throw problem(name, "others can read or write it: chmod 600 " + name);
      }
      String line = firstLine(path);
      if (line.isEmpty()) {
        throw problem(name, "its first line is empty");
      }
      return line;
    } catch (InvalidPathException e) {
      throw problem(name, "this is no path");
    } catch (IOException e) {
      throw problem(name, "it cannot be read (" + e + ")");
    }
  }

  private static String firstLine(Path path) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            // not the reader of Files: it throws on what is not UTF-8
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      return line == null ? "" : line.strip();
    }
  }

  /** Its group may read it: that is somebody's choice, and no program's standard. */
  private static boolean isOpen(Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE);
  }

  private static RelayFailure problem(String name, String what) {
    return new RelayFailure(
        "smtp_password_file "
            + name
            + ": "
            + what
            + "; write the password into its first line, or remove smtp_user",
        true);
  }
}
