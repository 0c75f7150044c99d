package org.jkeepalived.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.PageSamples;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real browser makes of the page, and what it does not let it do. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BrowserTest {

  private static final HttpPage PAGE = new OverviewPage();

  private static final String REFUSED = "Content Security Policy";

  @TempDir private Path folder;

  /** The page, and what somebody may once put into it. */
  private record WithScript() implements HttpPage {
    @Override
    public String path() {
      return "/script";
    }

    @Override
    public String contentType() {
      return PAGE.contentType();
    }

    @Override
    public String policy() {
      return PAGE.policy();
    }

    @Override
    public void write(HttpLook look, Consumer<String> pieces) {
      PAGE.write(look, pieces);
      pieces.accept("<script>document.title = 'taken over'</script>");
    }
  }

  @Test
  void thePageIsWholeAndCannotBeTakenOver() throws Exception {
    Browser browser = Browser.installed(folder);
    HttpLook look =
        new HttpLook(
            List.of(PageSamples.vrrp(), PageSamples.lvs()),
            new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
            "jkeepalived <1>",
            0,
            DaemonFigures.NONE);
    try (HttpService service =
        HttpService.start(
            TestOwners.make(),
            new HttpPages(List.of(PAGE, new WithScript())),
            () -> CompletableFuture.completedFuture(look),
            HttpLimits.STANDARD)) {
      service.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + service.port().get().orElseThrow();

      Browser.Seen seen = browser.look(url + "/");
      String document = seen.document();
      assertTrue(document.contains("<p>jkeepalived &lt;1&gt;, ready for 0 s</p>"), document);
      for (String state : List.of("good\">MASTER", "calm\">BACKUP", "bad\">FAULT")) {
        assertTrue(document.contains("<b class=\"badge " + state + "</b>"), document);
      }
      assertTrue(document.contains("<td>[10.0.0.11]:tcp:80</td>"), document);
      assertTrue(document.contains("&lt;img src=x onerror=alert(1)&gt;"), document);
      assertEquals(-1, document.indexOf("<img"), document);
      assertFalse(seen.complaints().contains(REFUSED), seen.complaints());

      Browser.Seen attacked = browser.look(url + "/script");
      assertTrue(attacked.document().contains("<script>"), attacked.document());
      assertTrue(attacked.complaints().contains(REFUSED), attacked.complaints());
      assertFalse(attacked.document().contains("<title>taken over"), attacked.document());
    }
  }
}
