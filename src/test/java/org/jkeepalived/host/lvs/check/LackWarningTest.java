package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One line a minute, however many checks are not made. */
class LackWarningTest {

  private static final String END =
      "; its real server stays as it is, and is checked again at the next interval";

  private final List<String> lines = new ArrayList<>();
  private long nowNanos = Long.MAX_VALUE - 1;
  private final LackWarning warning = new LackWarning("socket", () -> nowNanos, lines::add);

  @Test
  void aLineAMinute() {
    warning.lacking("too many open files");
    warning.lacking("too many open files");
    nowNanos += LackWarning.QUIET_NANOS - 1;
    warning.lacking("too many open files");
    assertEquals(List.of("No socket for a check: too many open files" + END), lines);
    nowNanos += 1;
    warning.lacking("cannot allocate memory");
    assertEquals(
        "No socket for a check: cannot allocate memory (2 more since the last such line)" + END,
        lines.get(1));
    nowNanos += LackWarning.QUIET_NANOS;
    warning.lacking("too many open files");
    assertEquals("No socket for a check: too many open files" + END, lines.get(2));
  }
}
