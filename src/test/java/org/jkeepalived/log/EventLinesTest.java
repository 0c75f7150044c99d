package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class EventLinesTest {

  private final Logger logger = new LoggerContext().getLogger("org.jkeepalived.vrrp.VirtualRouter");

  @Test
  void quotedTextCannotForgeALine() {
    List<LogLine> lines = lines(Level.INFO, "unknown keyword '{}'", "x\nNov 19 forged", null);
    assertEquals(1, lines.size());
    assertEquals("unknown keyword 'x\\nNov 19 forged'", lines.get(0).text());
    assertEquals("Keepalived_vrrp_blue", lines.get(0).identifier());
    assertEquals(KeepalivedProcess.VRRP, lines.get(0).process());
  }

  @Test
  void anExceptionIsOneLineAFrame() {
    Exception cause = new IllegalStateException("the\ncause");
    Exception thrown = new IllegalArgumentException(cause);
    List<LogLine> lines = lines(Level.ERROR, "failed: {}", "why", thrown);
    assertEquals("failed: why", lines.get(0).text());
    assertEquals(
        "java.lang.IllegalArgumentException: java.lang.IllegalStateException: the\\ncause",
        lines.get(1).text());
    assertTrue(lines.get(2).text().startsWith("    at "), lines.get(2).text());
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.text().equals("Caused by: java.lang.IllegalStateException: the\\ncause")));
    assertTrue(lines.stream().allMatch(line -> line.priority() == Priority.ERROR));
  }

  @Test
  void fieldsCannotForgeAnotherOne() {
    LoggingEvent event = new LoggingEvent("", logger, Level.INFO, "text", null, null);
    event.addKeyValuePair(new KeyValuePair("KEEPALIVED_INSTANCE", "a\nPRIORITY=0"));
    event.addKeyValuePair(new KeyValuePair("KEEPALIVED_PRIORITY", 100));
    List<LogLine> lines = new ArrayList<>();
    new EventLines("").write(event, lines::add);
    assertEquals(
        List.of(
            new LogField("KEEPALIVED_INSTANCE", "a\\nPRIORITY=0"),
            new LogField("KEEPALIVED_PRIORITY", "100")),
        lines.get(0).fields());
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,ERROR",
    "WARN,WARNING",
    "INFO,INFORMATIONAL",
    "DEBUG,INFORMATIONAL",
    "TRACE,DEBUG"
  })
  void detailsAreInformationAsKeepaliveds(String level, Priority priority) {
    assertEquals(priority, lines(Level.toLevel(level), "{}", "x", null).get(0).priority());
  }

  private List<LogLine> lines(Level level, String format, String argument, Throwable thrown) {
    List<LogLine> lines = new ArrayList<>();
    LoggingEvent event =
        new LoggingEvent("", logger, level, format, thrown, new Object[] {argument});
    new EventLines("_blue").write(event, lines::add);
    return lines;
  }
}
