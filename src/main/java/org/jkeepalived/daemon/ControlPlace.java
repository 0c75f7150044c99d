package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.host.kernel.JournalPath;

/**
 * Where a daemon is asked.
 *
 * @param pidFile the daemon's
 * @param socket its socket
 * @param parent says which process starts it again
 */
public record ControlPlace(Path pidFile, Path socket, Path parent) {
  public ControlPlace {
    Objects.requireNonNull(pidFile);
    Objects.requireNonNull(socket);
    Objects.requireNonNull(parent);
  }

  /**
   * That of the daemon which these options would be, were they its own.
   *
   * @param options {@code -p} or {@code -s}, and the file, of which only the daemon's own names
   *     count; it is not read where {@code -p} says it all
   */
  public static ControlPlace of(DaemonOptions options, ConfigurationSource source) {
    Path pidFile =
        options
            .process()
            .pidFiles()
            .parent()
            .orElseGet(
                () ->
                    ProcessIdentity.of(
                            options.process(), source.read(options).configuration().globals())
                        .pidFileNames()
                        .parent());
    JournalPath journal = JournalPath.of(pidFile);
    return new ControlPlace(pidFile, journal.socket(), journal.parent());
  }

  /** The process that starts the daemon again, which is not there now. */
  public OptionalLong restarter() {
    return new ParentWord(parent).restarter(pidFile);
  }

  /** That the daemon is stopped, in a sentence, with what lets it go on; empty where it is not. */
  public Optional<String> stopped() {
    try {
      String number = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
      if (!number.matches("[1-9][0-9]{0,9}")) {
        return Optional.empty();
      }
      Path status = Path.of("/proc", number, "status");
      return Files.readString(status, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.matches("State:\\s+[Tt]\\b.*"))
          .findFirst()
          .map(
              line ->
                  "The daemon that has "
                      + pidFile
                      + ", process "
                      + number
                      + ", does not answer: it is stopped (state "
                      + line.substring("State:".length()).strip()
                      + ") and sends no advertisements; CONT to it lets it go on");
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
