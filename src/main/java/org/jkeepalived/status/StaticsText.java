package org.jkeepalived.status;

import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.model.routing.StaticNetwork.Entry;

/** The dump's sections on what is there whoever is master. */
final class StaticsText {

  private static final String INDENT = "     ";

  private final VrrpSnapshot snapshot;
  private final HeldAddresses held;
  private final Consumer<String> lines;

  StaticsText(VrrpSnapshot snapshot, HeldAddresses held, Consumer<String> lines) {
    this.snapshot = snapshot;
    this.held = held;
    this.lines = lines;
  }

  /**
   * @param isRunning whether to tell what is there, too
   */
  void write(boolean isRunning) {
    StaticNetwork statics = snapshot.configuration().statics();
    title(statics.addresses().isEmpty(), "Static Addresses");
    statics
        .addresses()
        .forEach(
            entry ->
                line(
                    AddressText.of(entry.object()),
                    entry,
                    isRunning && held.isThere(entry.object()) ? " set" : ""));
    title(statics.routes().isEmpty(), "Static Routes");
    statics
        .routes()
        .forEach(
            entry ->
                line(entry.object().text(), entry, isRunning ? installed(entry.object()) : ""));
    title(statics.rules().isEmpty(), "Static Rules");
    for (Entry<RoutingRule> entry : statics.rules()) {
      line(entry.object().text(), entry, "");
    }
    title(statics.groups().isEmpty(), "Static Track groups");
    for (StaticNetwork.TrackGroup group : statics.groups()) {
      lines.accept(" Static Track Group = " + group.name());
      lines.accept("   VRRP member instances :");
      group.instances().forEach(name -> lines.accept(INDENT + name));
    }
  }

  private void title(boolean nothing, String title) {
    if (!nothing) {
      lines.accept("------< " + title + " >------");
    }
  }

  private void line(String text, Entry<?> entry, String state) {
    String group = entry.group().map(name -> " track_group " + name).orElse("");
    lines.accept(INDENT + text + group + state);
  }

  /** COMPAT: keepalived remembers no link there, so that the number is always 0. */
  private String installed(Route route) {
    Optional<LinkState> link =
        snapshot.machine().links().stream()
            .filter(one -> one.name().equals(route.hop().device()))
            .findFirst();
    boolean isThere =
        route.handling().tracking() == RouteTracking.YES
            && link.filter(LinkState::adminUp).isPresent();
    return isThere ? " [installed ifindex 0]" : "";
  }
}
