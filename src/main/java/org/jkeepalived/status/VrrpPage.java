package org.jkeepalived.status;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.status.OverviewStyle.Paint;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.vrrp.State;

/**
 * Virtual routers on a page: who is master of what, since when, why; what each has to say; and what
 * has happened last.
 */
final class VrrpPage {

  private static final OverviewStyle PLAIN = new OverviewStyle(false, Optional.empty());

  /** How many instances have a part of their own. */
  static final int MOST_CARDS = 100;

  private final VrrpSnapshot snapshot;
  private final VrrpOverview overview;
  private final SinceText since;
  private final Html html;

  VrrpPage(VrrpSnapshot snapshot, LocalClock clock, Consumer<String> pieces) {
    this.snapshot = snapshot;
    overview = new VrrpOverview(snapshot, clock, PLAIN);
    since = new SinceText(snapshot.moment(), clock);
    html = new Html(pieces);
  }

  void write() {
    html.raw("<section id=vrrp><h2>Virtual routers ");
    counts();
    html.raw("</h2>\n");
    if (snapshot.routers().isEmpty()) {
      html.raw("<p>None are configured.</p>\n");
    }
    html.table(overview.table(snapshot.routers()), 1);
    html.raw("<div class=cards>\n");
    snapshot.routers().stream().limit(MOST_CARDS).forEach(this::card);
    html.raw("</div>\n").left(snapshot.routers().size(), MOST_CARDS).raw("</section>\n");
    section("groups", "Sync groups", groups());
    section(
        "trackers", "Trackers", new TrackersOverview(snapshot, PLAIN).table(snapshot.routers()));
    timeLine();
  }

  private void section(String id, String title, OverviewTable table) {
    if (!table.isEmpty()) {
      html.raw("<section id=" + id + "><h2>" + title + "</h2>\n").table(table, 1);
      html.raw("</section>\n");
    }
  }

  /** How many are in which state, as badges. */
  private void counts() {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    snapshot.routers().forEach(router -> counts.merge(router.state(), 1, Integer::sum));
    counts.forEach(
        (state, count) ->
            html.badge(new Cell(count + " " + state, VrrpOverview.state(state).paint())).raw(" "));
  }

  private OverviewTable groups() {
    OverviewTable table = new OverviewTable(PLAIN, "GROUP", "STATE", "MEMBERS");
    for (GroupSnapshot group : snapshot.groups()) {
      table.row(
          Cell.of(group.group().name()),
          VrrpOverview.state(group.state()),
          Cell.of(String.join(", ", group.group().members())));
    }
    return table;
  }

  private void card(RouterSnapshot router) {
    Cell state = VrrpOverview.state(router.state());
    html.raw("<article class=" + Html.name(state.paint()) + "><h3>")
        .text(router.instance().name())
        .raw(" ")
        .badge(state)
        .raw("</h3>\n<p>")
        .text("for " + since.ago(router.times().lastTransitionNanos()) + ": ")
        .text(router.reasons().cause())
        .raw("</p>\n");
    router
        .reasons()
        .maintenance()
        .ifPresent(words -> html.raw("<p>").cell(new Cell(words, Paint.WAITING)).raw("</p>\n"));
    html.raw("<p class=small>").text(overview.protocol(router)).raw("</p>\n<dl>");
    entry("priority", Cell.of(VrrpOverview.priority(router)), "");
    HeldAddresses.all(router).forEach(address -> address(router, address));
    router.reasons().tracked().forEach(this::tracked);
    html.raw("</dl></article>\n");
  }

  private void address(RouterSnapshot router, VirtualAddress address) {
    entry(AddressText.of(address), overview.address(router, address), "");
  }

  private void tracked(TrackedLook look) {
    entry(VrrpOverview.name(look), VrrpOverview.condition(look), VrrpOverview.effect(look));
  }

  private void entry(String name, Cell value, String more) {
    html.raw("<dt>").text(name).raw("</dt><dd>").cell(value).text(more).raw("</dd>\n");
  }

  private void timeLine() {
    html.raw("<section id=timeline><h2>Last transitions</h2>\n");
    List<StateChange> changes = snapshot.changes();
    if (changes.isEmpty()) {
      html.raw("<p>None since the daemon was started.</p>\n");
    }
    html.raw("<ol>\n");
    changes.forEach(this::change);
    html.raw("</ol></section>\n");
  }

  private void change(StateChange change) {
    OptionalLong nanos = OptionalLong.of(change.nanos());
    State to = State.valueOf(change.to());
    html.raw("<li class=" + Html.name(VrrpOverview.state(to).paint()) + "><time>")
        .text(since.at(nanos))
        .raw("</time> <span class=small>")
        .text(since.ago(nanos) + " ago")
        .raw("</span> <strong>")
        .text(change.instance())
        .raw("</strong> ")
        .text(change.from())
        .raw(" &rarr; ")
        .badge(VrrpOverview.state(to))
        .raw(" <span class=why>")
        .text(change.cause())
        .raw("</span></li>\n");
  }
}
