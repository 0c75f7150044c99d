package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;
import org.junit.jupiter.api.Test;

/** What a browser is given. */
final class PageTest {

  private static final String HOSTILE = "<script>alert('\"&\u202e\u0007</script>";
  private static final String HARMLESS =
      "&lt;script&gt;alert(&#39;&quot;&amp;\uFFFD\uFFFD&lt;/script&gt;";

  private static String page(Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    snapshot.page(
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
        text::append);
    return text.toString();
  }

  private static RouterSnapshot in(State state, String name, RouterSnapshot.Reasons reasons) {
    RouterSnapshot plain = Samples.master();
    return new RouterSnapshot(
        new VrrpInstance(name, plain.instance().key()).addresses(plain.instance().addresses()),
        state,
        new RouterSnapshot.Priority(120, 120),
        plain.source(),
        plain.master(),
        new RouterSnapshot.Troubles(Set.of(), 0, 0, false),
        new RouterSnapshot.Times(
            OptionalLong.of(LvsSamples.NOW), OptionalLong.empty(), LvsSamples.SECOND),
        new Statistics(),
        reasons);
  }

  private static RouterSnapshot in(State state) {
    return in(
        state, "VI_" + state, new RouterSnapshot.Reasons("why not", Optional.empty(), List.of()));
  }

  private static void assertHas(String page, String part) {
    assertTrue(page.contains(part), () -> part + "\nis not in\n" + page);
  }

  @Test
  void everyStateIsShown() {
    String page =
        page(
            Samples.snapshot(
                List.of(in(State.MASTER), in(State.BACKUP), in(State.FAULT), in(State.INIT))));
    assertHas(
        page,
        "<tr><td>VI_MASTER</td><td><b class=\"badge good\">MASTER</b></td>"
            + "<td>Nov 22 18:58:23</td><td>0 s</td><td>120</td><td>this machine</td>"
            + "<td>why not</td></tr>\n");
    assertHas(page, "<article class=calm><h3>VI_BACKUP <b class=\"badge calm\">BACKUP</b></h3>");
    assertHas(page, "<article class=bad><h3>VI_FAULT <b class=\"badge bad\">FAULT</b></h3>");
    assertHas(page, "<article class=waiting><h3>VI_INIT <b class=\"badge waiting\">INIT</b></h3>");
    assertHas(page, "<b class=\"badge good\">1 MASTER</b>");
    assertHas(page, "<b class=\"badge bad\">1 FAULT</b>");
  }

  @Test
  void aCardSaysWhatStatusSays() {
    RouterSnapshot.Reasons reasons =
        new RouterSnapshot.Reasons(
            "it was best",
            Optional.of("maintenance until noon"),
            List.of(
                new TrackedLook(
                    new Tracked(TrackTarget.script("chk"), new Weight(20, false)),
                    Optional.of(Condition.UP),
                    20,
                    false)));
    String page = page(Samples.snapshot(List.of(in(State.MASTER, "VI_1", reasons))));
    assertHas(page, "<p>for 0 s: it was best</p>");
    assertHas(page, "<p><span class=waiting>maintenance until noon</span></p>");
    assertHas(page, "VRID 51 on eth0 from 192.168.32.129, version 2, every 1 s</p>");
    assertHas(page, "<dt>priority</dt><dd>120 = 100 + 20 (script chk)</dd>");
    assertHas(
        page,
        "<dt>192.168.32.200/16 dev eth0 scope global</dt><dd><span class=good>held</span></dd>");
    assertHas(page, "<dd><span class=bad>MISSING, although this machine is master</span></dd>");
    assertHas(page, "<dt>script chk</dt><dd><span class=good>up</span>, +20 to the priority</dd>");
  }

  /** Names come from the configuration, reasons from the kernel and from scripts. */
  @Test
  void noTextBecomesMarkup() {
    RouterSnapshot.Reasons reasons =
        new RouterSnapshot.Reasons(
            HOSTILE,
            Optional.of(HOSTILE),
            List.of(
                new TrackedLook(
                    new Tracked(TrackTarget.script(HOSTILE), Weight.FAULT),
                    Optional.empty(),
                    0,
                    false)));
    VrrpSnapshot snapshot =
        Samples.snapshot(List.of(in(State.MASTER, HOSTILE, reasons)))
            .remembering(List.of(new StateChange(0, HOSTILE, "INIT", "MASTER", HOSTILE)));
    String page = page(snapshot);
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("\u202e"), page);
    // table, card and time line, each with name and reason; the wish; the thing in the card
    assertEquals(8, page.split(java.util.regex.Pattern.quote(HARMLESS), -1).length - 1, page);
    assertEquals("a\uFFFDb &amp; \u00fc\u4e2d", Html.escaped("a\nb & \u00fc\u4e2d"));
  }

  @Test
  void theLastTransitionsAreALine() {
    VrrpSnapshot snapshot =
        Samples.three()
            .remembering(
                List.of(
                    new StateChange(
                        LvsSamples.NOW - 61 * LvsSamples.SECOND,
                        "VI_1",
                        "BACKUP",
                        "MASTER",
                        "no master")));
    assertHas(
        page(snapshot),
        "<li class=good><time>Nov 22 18:57:22</time> <span class=small>1 min 1 s ago</span>"
            + " <strong>VI_1</strong> BACKUP &rarr; <b class=\"badge good\">MASTER</b>"
            + " <span class=why>no master</span></li>");
    assertHas(page(Samples.three()), "<p>None since the daemon was started.</p>");
    StringBuilder json = new StringBuilder();
    snapshot.overviewJson(json::append);
    assertHas(
        json.toString(),
        ",\"transitions\":[{\"time\":1795373842.500000,\"instance\":\"VI_1\",\"from\":\"BACKUP\","
            + "\"to\":\"MASTER\",\"cause\":\"no master\"}]}");
  }

  @Test
  void virtualServersAreShown() {
    String page = page(LvsSamples.eventful());
    assertHas(
        page, "<tr><td>[10.0.0.1]:tcp:80</td><td><b class=\"badge waiting\">suspended</b></td>");
    assertHas(page, "<p><span class=bad>the kernel refused: no such scheduler (2)</span></p>");
    assertHas(page, "<tr><td>[10.0.0.11]:tcp:80</td><td><b class=\"badge good\">alive</b></td>");
    assertHas(page, "HTTP status 503, wanted &quot;200&quot;");
    assertHas(page, "<p>sorry server [10.0.0.9]:tcp:80: <span class=bad>serves</span></p>");
  }

  @Test
  void nothingIsShownOfWhatIsNotThere() {
    String page = page(Samples.snapshot(List.of()));
    assertHas(page, "<p>None are configured.</p>");
    assertFalse(page.contains("Trackers"), page);
    assertFalse(page.contains("groups"), page);
    assertEquals("", page(LvsSamples.of("", real -> true, true)));
  }

  /** A browser is to stay usable. */
  @Test
  void tenThousandAreNotAllShown() {
    List<RouterSnapshot> many = new ArrayList<>(Collections.nCopies(10_000, in(State.BACKUP)));
    String page = page(Samples.snapshot(many));
    assertHas(page, "and 9500 more: ask jkeepalived status");
    assertHas(page, "and 9900 more: ask jkeepalived status");
    assertHas(page, "10000 BACKUP");
    assertTrue(page.length() < 500_000, () -> "it has " + page.length() + " characters");
    assertEquals(
        VrrpPage.MOST_CARDS, page.split("<article", -1).length - 1, "each has addresses and all");
  }
}
