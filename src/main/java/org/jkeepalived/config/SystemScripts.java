package org.jkeepalived.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.ScriptLookup;

/** The scripts and users of this machine. */
public final class SystemScripts implements ScriptLookup {

  private static final List<String> PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  @Override
  public boolean isExecutable(String program) {
    try {
      if (program.startsWith("/")) {
        return executable(Path.of(program));
      }
      return PATH.stream().anyMatch(directory -> executable(Path.of(directory, program)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean executable(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  @Override
  public boolean userExists(String user) {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines.anyMatch(line -> line.startsWith(user + ":"));
    } catch (IOException e) {
      return false;
    }
  }
}
