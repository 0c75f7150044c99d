package org.jkeepalived.log;

/**
 * One line on its way to the sinks.
 *
 * @param epochMillis when it was logged
 * @param priority its severity
 * @param process whose file it goes to
 * @param identifier the syslog identifier, with the suffix that it had when the line was logged
 * @param logger the name of the logger, for sinks that have a field for it
 * @param text printable characters only: it has been through {@link PrintableText}
 */
record LogLine(
    long epochMillis,
    Priority priority,
    KeepalivedProcess process,
    String identifier,
    String logger,
    String text) {}
