package org.jkeepalived.control.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.DaemonFigures.Refusal;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** What stands above everything else. */
class OverviewPageTest {

  private static String page(Optional<Refusal> last, int mistakes) {
    DaemonFigures figures =
        new DaemonFigures(
            DaemonFigures.NONE.deliveries(),
            new DaemonFigures.Reloads(1, 1, last, mistakes),
            DaemonFigures.NONE.usage());
    HttpLook look =
        new HttpLook(
            List.of(),
            new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
            "the test",
            0,
            figures);
    StringBuilder text = new StringBuilder();
    new OverviewPage().write(look, text::append);
    return text.toString();
  }

  @Test
  void saysThatWhatRunsIsOlderThanItsFile() {
    String page =
        page(Optional.of(new Refusal(Instant.parse("2026-11-30T12:03:11Z"), "a < in line 7")), 2);
    String line =
        "the file was refused at Nov 30 12:03:11, because of: a &lt; in line 7 (see the log): what"
            + " runs is older</span></p><p><span class=bad>2 mistakes in the configuration that";
    assertTrue(page.contains(line), page);
    String other = page(Optional.empty(), 0);
    assertFalse(other.contains("refused") || other.contains("mistake"), other);
  }
}
