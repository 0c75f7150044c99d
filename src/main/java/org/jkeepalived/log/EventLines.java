package org.jkeepalived.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.event.KeyValuePair;

/** Turns logback's events into printable lines: one, and more for an exception. */
final class EventLines {

  private final Map<KeepalivedProcess, String> identifiers = new EnumMap<>(KeepalivedProcess.class);

  /** With identifiers that end in a suffix, which may be empty. */
  EventLines(String identifierSuffix) {
    String printable = PrintableText.of(identifierSuffix);
    for (KeepalivedProcess process : KeepalivedProcess.values()) {
      identifiers.put(process, process.identifier() + printable);
    }
  }

  void write(ILoggingEvent event, Consumer<LogLine> sink) {
    sink.accept(line(event, String.valueOf(event.getFormattedMessage())));
    String prefix = "";
    for (IThrowableProxy thrown = event.getThrowableProxy();
        thrown != null;
        thrown = thrown.getCause()) {
      writeThrowable(event, prefix, thrown, sink);
      prefix = "Caused by: ";
    }
  }

  /** A line for the exception and one for each frame: a syslog line is one line. */
  private void writeThrowable(
      ILoggingEvent event, String prefix, IThrowableProxy thrown, Consumer<LogLine> sink) {
    String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
    sink.accept(line(event, prefix + thrown.getClassName() + message));
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
      sink.accept(line(event, "    " + frames[i].getSTEAsString()));
    }
  }

  private LogLine line(ILoggingEvent event, String text) {
    KeepalivedProcess process = KeepalivedProcess.ofLogger(event.getLoggerName());
    return new LogLine(
        event.getTimeStamp(),
        Priority.of(event.getLevel()),
        process,
        identifiers.get(process),
        event.getLoggerName(),
        PrintableText.of(text),
        fields(event));
  }

  private static List<LogField> fields(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    // logback has none where a caller gives none
    return pairs == null
        ? List.of()
        : pairs.stream()
            .map(pair -> new LogField(pair.key, PrintableText.of(String.valueOf(pair.value))))
            .toList();
  }
}
