package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.status.OverviewStyle.Paint;
import org.jkeepalived.time.LocalClock;

/** Virtual servers for the person who asks {@code jkeepalived status}. */
final class LvsOverview {

  private final LvsSnapshot snapshot;
  private final OverviewStyle style;
  private final SinceText since;

  LvsOverview(LvsSnapshot snapshot, LocalClock clock, OverviewStyle style) {
    this.snapshot = snapshot;
    this.style = style;
    since = new SinceText(snapshot.moment(), clock);
  }

  void write(Consumer<String> lines) {
    List<ServiceSnapshot> shown =
        snapshot.services().stream()
            .filter(one -> style.shows(one.configured().service().text()))
            .toList();
    table(shown).write("", lines);
    for (ServiceSnapshot service : shown) {
      lines.accept("");
      details(service, lines);
    }
  }

  /** A row for each. */
  OverviewTable table(List<ServiceSnapshot> shown) {
    OverviewTable table =
        new OverviewTable(
            style, "VIRTUAL SERVER", "STATE", "SINCE", "FOR", "WEIGHT", "QUORUM", "ALIVE");
    shown.forEach(service -> row(service, table));
    return table;
  }

  private void row(ServiceSnapshot service, OverviewTable table) {
    ServiceSnapshot.QuorumLook quorum = service.quorum();
    long alive = service.servers().stream().filter(server -> server.life().alive()).count();
    table.row(
        Cell.of(service.configured().service().text()),
        state(service),
        Cell.of(since.at(quorum.sinceNanos())),
        Cell.of(since.ago(quorum.sinceNanos())),
        Cell.of(Long.toString(quorum.weight())),
        Cell.of(Long.toString(service.configured().quorum().weight())),
        Cell.of(alive + " of " + service.servers().size()));
  }

  private void details(ServiceSnapshot service, Consumer<String> lines) {
    lines.accept(style.paint(Paint.TITLE, service.configured().service().text()) + ":");
    service
        .refusal()
        .ifPresent(
            text -> lines.accept("  " + style.paint(Paint.BAD, "the kernel refused: " + text)));
    servers(service).write("  ", lines);
    service
        .configured()
        .sorry()
        .ifPresent(
            sorry -> {
              Cell conduct = sorry(service);
              lines.accept(
                  "  sorry server "
                      + sorry.address().text(service.configured().service().protocolText())
                      + ": "
                      + style.paint(conduct.paint(), conduct.text()));
            });
  }

  /** One of which the kernel has refused something is not up, whatever its servers say. */
  static Cell state(ServiceSnapshot service) {
    if (service.suspended()) {
      return new Cell("suspended", Paint.WAITING);
    }
    if (!service.quorum().up()) {
      return new Cell("down", Paint.BAD);
    }
    return service.refusal().isPresent()
        ? new Cell("refused", Paint.BAD)
        : new Cell("up", Paint.GOOD);
  }

  /** What the sorry server does. */
  static Cell sorry(ServiceSnapshot service) {
    return service.sorryServes() ? new Cell("serves", Paint.BAD) : Cell.of("not needed");
  }

  /** A row for each of its real servers. */
  OverviewTable servers(ServiceSnapshot service) {
    OverviewTable table =
        new OverviewTable(style, "REAL SERVER", "STATE", "FOR", "WEIGHT", "CHECKS");
    String protocol = service.configured().service().protocolText();
    service.servers().forEach(server -> row(server, protocol, table));
    return table;
  }

  private void row(ServerSnapshot server, String protocol, OverviewTable table) {
    table.row(
        Cell.of(server.configured().address().text(protocol)),
        state(server),
        Cell.of(since.ago(server.life().sinceNanos())),
        Cell.of(weight(server.share())),
        Cell.of(
            server.checks().isEmpty()
                ? "none"
                : String.join("; ", server.checks().stream().map(this::check).toList())));
  }

  private static Cell state(ServerSnapshot server) {
    if (server.share().drained()) {
      return new Cell(
          server.life().alive() ? "drained" : "drained, down",
          server.life().alive() ? Paint.WAITING : Paint.BAD);
    }
    return server.life().alive() ? new Cell("alive", Paint.GOOD) : new Cell("down", Paint.BAD);
  }

  /** What it has now, and what it will have when it has started slowly. */
  private static String weight(ServerSnapshot.Share share) {
    String asked = share.wished().isPresent() ? " (asked for)" : "";
    return (share.ofTable() == share.weight() ? "" : share.ofTable() + " of ")
        + share.weight()
        + asked;
  }

  private String check(CheckSnapshot check) {
    CheckLook look = check.look();
    String last =
        look.last()
            .map(run -> run.succeeded() ? "ok" : run.reason().isEmpty() ? "failed" : run.reason())
            .orElse("not run yet");
    String state = look.up() ? "" : " down:";
    String age =
        look.last()
            .map(
                run ->
                    " ("
                        + SinceText.age(snapshot.moment().nowNanos() - run.endedNanos())
                        + " ago, took "
                        + Durations.seconds(run.tookNanos() / 1000 * 1000)
                        + " s)")
            .orElse("");
    return look.kind() + state + " " + last + age;
  }
}
