package org.jkeepalived.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.status.OverviewStyle.Paint;
import org.jkeepalived.time.LocalClock;

/** Virtual servers on a page, each with its real servers. */
final class LvsPage {

  private static final OverviewStyle PLAIN = new OverviewStyle(false, Optional.empty());

  /** How many virtual servers have a part of their own. */
  static final int MOST_CARDS = 100;

  private final LvsSnapshot snapshot;
  private final LvsOverview overview;
  private final Html html;

  LvsPage(LvsSnapshot snapshot, LocalClock clock, Consumer<String> pieces) {
    this.snapshot = snapshot;
    overview = new LvsOverview(snapshot, clock, PLAIN);
    html = new Html(pieces);
  }

  void write() {
    List<ServiceSnapshot> services = snapshot.services();
    if (services.isEmpty()) {
      return;
    }
    html.raw("<section id=lvs><h2>Virtual servers</h2>\n").table(overview.table(services), 1);
    html.raw("<div class=cards>\n");
    services.stream().limit(MOST_CARDS).forEach(this::card);
    html.raw("</div>\n").left(services.size(), MOST_CARDS).raw("</section>\n");
  }

  private void card(ServiceSnapshot service) {
    Cell state = LvsOverview.state(service);
    html.raw("<article class=\"broad " + Html.name(state.paint()) + "\"><h3>")
        .text(service.configured().service().text())
        .raw(" ")
        .badge(state)
        .raw("</h3>\n");
    service
        .refusal()
        .ifPresent(
            words ->
                html.raw("<p>")
                    .cell(new Cell("the kernel refused: " + words, Paint.BAD))
                    .raw("</p>\n"));
    html.table(overview.servers(service), 1);
    service
        .configured()
        .sorry()
        .ifPresent(
            sorry ->
                html.raw("<p>sorry server ")
                    .text(sorry.address().text(service.configured().service().protocolText()))
                    .raw(": ")
                    .cell(LvsOverview.sorry(service))
                    .raw("</p>\n"));
    html.raw("</article>\n");
  }
}
