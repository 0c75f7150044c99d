package org.jkeepalived.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.status.OverviewStyle.Paint;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.vrrp.State;

/**
 * Virtual routers for the person who asks {@code jkeepalived status}: a table of all, then what
 * each has to say.
 */
final class VrrpOverview {

  private static final int OWNER = 255;

  private final VrrpSnapshot snapshot;
  private final OverviewStyle style;
  private final HeldAddresses held;
  private final SinceText since;
  private final Map<String, GroupSnapshot> groups = new HashMap<>();

  VrrpOverview(VrrpSnapshot snapshot, LocalClock clock, OverviewStyle style) {
    this.snapshot = snapshot;
    this.style = style;
    held = new HeldAddresses(snapshot);
    since = new SinceText(snapshot.moment(), clock);
    for (GroupSnapshot group : snapshot.groups()) {
      group.group().members().forEach(member -> groups.put(member, group));
    }
  }

  void write(Consumer<String> lines) {
    List<RouterSnapshot> shown = snapshot.routers().stream().filter(this::isShown).toList();
    if (shown.isEmpty() && style.chosen().isEmpty()) {
      lines.accept("No virtual routers are configured.");
      return;
    }
    table(shown).write("", lines);
    for (RouterSnapshot router : shown) {
      lines.accept("");
      details(router, lines);
    }
    new TrackersOverview(snapshot, style).write(shown, lines);
  }

  /** A row for each. */
  OverviewTable table(List<RouterSnapshot> shown) {
    OverviewTable table =
        new OverviewTable(style, "INSTANCE", "STATE", "SINCE", "FOR", "PRIORITY", "MASTER", "WHY");
    shown.forEach(router -> row(router, table));
    return table;
  }

  private boolean isShown(RouterSnapshot router) {
    String name = router.instance().name();
    return style.shows(name) || groupOf(name).filter(style::shows).isPresent();
  }

  private Optional<String> groupOf(String instance) {
    return Optional.ofNullable(groups.get(instance)).map(group -> group.group().name());
  }

  private void row(RouterSnapshot router, OverviewTable table) {
    table.row(
        Cell.of(router.instance().name()),
        state(router.state()),
        Cell.of(since.at(router.times().lastTransitionNanos())),
        Cell.of(since.ago(router.times().lastTransitionNanos())),
        Cell.of(Integer.toString(router.priority().effective())),
        Cell.of(master(router)),
        Cell.of(router.reasons().cause()));
  }

  static Cell state(State state) {
    Paint paint =
        switch (state) {
          case MASTER -> Paint.GOOD;
          case BACKUP -> Paint.PLAIN;
          case INIT -> Paint.WAITING;
          case FAULT -> Paint.BAD;
        };
    return new Cell(state.name(), paint);
  }

  /** Who is master, as far as this machine knows. */
  private static String master(RouterSnapshot router) {
    return switch (router.state()) {
      case MASTER -> "this machine";
      case BACKUP ->
          router
              .master()
              .map(one -> NumericAddress.of(one.source()) + " (" + one.priority() + ")")
              .orElse("unknown");
      case INIT, FAULT -> "-"; // it takes no part, and believes nobody
    };
  }

  private void details(RouterSnapshot router, Consumer<String> lines) {
    lines.accept(style.paint(Paint.TITLE, router.instance().name()) + ": " + protocol(router));
    router
        .reasons()
        .maintenance()
        .ifPresent(text -> lines.accept("  " + style.paint(Paint.WAITING, text)));
    lines.accept("  priority " + priority(router));
    router
        .checksums()
        .forEach(
            (peer, kind) ->
                lines.accept(
                    "  neighbour "
                        + NumericAddress.of(peer)
                        + ": makes VRRPv3 checksums "
                        + kind.words()));
    HeldAddresses.all(router)
        .forEach(
            address ->
                lines.accept(
                    "  address "
                        + AddressText.of(address)
                        + ": "
                        + painted(address(router, address))));
    Routing routing = router.instance().addresses().routing();
    // whether the kernel has them is watched, but not told: the log says what it refuses
    routing.routes().forEach(route -> lines.accept("  route while master: " + route.text()));
    routing.rules().forEach(rule -> lines.accept("  rule while master: " + rule.text()));
    router
        .reasons()
        .tracked()
        .forEach(
            look ->
                lines.accept("  " + name(look) + ": " + painted(condition(look)) + effect(look)));
  }

  private String painted(Cell cell) {
    return style.paint(cell.paint(), cell.text());
  }

  /** How it speaks: {@code VRID 51 on eth0 from 192.0.2.1, version 2, every 1 s, in group VG}. */
  String protocol(RouterSnapshot router) {
    VrrpInstance instance = router.instance();
    return "VRID "
        + instance.key().virtualRouterId()
        + " on "
        + instance.key().linkText()
        + router.source().map(from -> " from " + NumericAddress.of(from)).orElse("")
        + ", version "
        + instance.protocol().version()
        + ", every "
        + Durations.seconds(instance.protocol().advertIntervalNanos())
        + " s"
        + groupOf(instance.name()).map(group -> ", in group " + group).orElse("");
  }

  /** The sum, with what each thing adds to it. */
  static String priority(RouterSnapshot router) {
    int effective = router.priority().effective();
    int configured = router.instance().election().priority();
    if (configured == OWNER) {
      return effective + " (owner of the addresses)";
    }
    StringBuilder text = new StringBuilder().append(effective);
    List<TrackedLook> adding =
        router.reasons().tracked().stream().filter(look -> look.added() != 0).toList();
    if (!adding.isEmpty()) {
      text.append(" = ").append(configured);
      adding.forEach(
          look ->
              text.append(look.added() > 0 ? " + " : " - ")
                  .append(Math.abs(look.added()))
                  .append(" (")
                  .append(name(look))
                  .append(')'));
      if (router.priority().total() != effective) {
        text.append(" = ").append(router.priority().total()).append(", brought into 1 to 254");
      }
    }
    return text.toString();
  }

  static String name(TrackedLook look) {
    return look.tracked().target().kind().noun() + " " + look.tracked().target().name();
  }

  /** Whether it is where it should be. */
  Cell address(RouterSnapshot router, VirtualAddress address) {
    boolean there = held.isThere(address);
    boolean wanted = router.state() == State.MASTER;
    String text =
        there
            ? wanted ? "held" : "STILL HERE, although this machine is not master"
            : wanted ? "MISSING, although this machine is master" : "not here";
    Paint paint = there != wanted ? Paint.BAD : there ? Paint.GOOD : Paint.PLAIN;
    return new Cell(text, paint);
  }

  /** How the tracked thing is. */
  static Cell condition(TrackedLook look) {
    String condition =
        look.condition().map(known -> condition(look, known)).orElse("not known yet");
    Paint paint =
        look.fault()
            ? Paint.BAD
            : look.condition().isEmpty()
                ? Paint.WAITING
                : look.condition().get().up() ? Paint.GOOD : Paint.PLAIN;
    return new Cell(condition, paint);
  }

  /** What it does; nothing, or something to follow its condition. */
  static String effect(TrackedLook look) {
    return look.fault()
        ? ", a fault"
        : look.added() == 0 ? "" : ", " + signed(look.added()) + " to the priority";
  }

  private static String condition(TrackedLook look, Condition known) {
    return look.tracked().target().kind().has(TrackKind.Trait.NUMBER)
        ? "says " + known.number()
        : known.up() ? "up" : "down";
  }

  private static String signed(int number) {
    return (number > 0 ? "+" : "") + number;
  }
}
