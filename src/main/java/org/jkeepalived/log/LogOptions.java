package org.jkeepalived.log;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the command line says about logging.
 *
 * @param console {@code -l}: also write to standard error
 * @param detailed {@code -D}: also what is logged at level DEBUG
 * @param syslog false with {@code -G}: neither syslog nor the journal
 * @param facility {@code -S}
 * @param file {@code -g}: also write to this file and its siblings, see {@link FileSink}
 * @param flushEachLine {@code --flush-log-file}
 */
public record LogOptions(
    boolean console,
    boolean detailed,
    boolean syslog,
    Facility facility,
    Optional<Path> file,
    boolean flushEachLine) {

  /** What keepalived does without any option: syslog, facility daemon, no details. */
  public static final LogOptions DEFAULT =
      new LogOptions(false, false, true, Facility.DAEMON, Optional.empty(), false);

  public LogOptions {
    Objects.requireNonNull(facility);
    Objects.requireNonNull(file);
  }
}
