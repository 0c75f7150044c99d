package org.jkeepalived.daemon;

import java.nio.file.Path;
import java.util.Objects;
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
}
