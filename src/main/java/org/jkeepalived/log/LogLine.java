package org.jkeepalived.log;

import java.util.List;

/**
 * One line on its way to the sinks.
 *
 * @param epochMillis when it was logged
 * @param priority its severity
 * @param process whose file it goes to
 * @param identifier the syslog identifier, with the suffix that it had when the line was logged
 * @param logger the name of the logger, for sinks that have a field for it
 * @param text printable characters only: it has been through {@link PrintableText}
 * @param fields what it is about, in the order in which they were given
 */
record LogLine(
    long epochMillis,
    Priority priority,
    KeepalivedProcess process,
    String identifier,
    String logger,
    String text,
    List<LogField> fields) {

  LogLine {
    fields = List.copyOf(fields);
  }

  /** About nothing in particular. */
  LogLine(
      long epochMillis,
      Priority priority,
      KeepalivedProcess process,
      String identifier,
      String logger,
      String text) {
    this(epochMillis, priority, process, identifier, logger, text, List.of());
  }

  LogLine withText(String other) {
    return new LogLine(epochMillis, priority, process, identifier, logger, other, fields);
  }
}
