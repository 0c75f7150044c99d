package org.jkeepalived.model.routing;

import java.util.Locale;
import org.jkeepalived.model.AddressFamily;

/** A rule in keepalived's words and order, as its dump and its log have them. */
final class RuleText {

  private static final long LOWER = 0xFFFF;

  private final StringBuilder text = new StringBuilder();

  private RuleText() {}

  static String of(RoutingRule rule) {
    RuleText words = new RuleText();
    words.selector(rule);
    words.traffic(rule);
    words.action(rule.action());
    if (rule.tracking() == RouteTracking.NO) {
      words.add("no_track");
    }
    return words.text.toString();
  }

  private void add(String word) {
    text.append(text.isEmpty() ? "" : " ").append(word);
  }

  private void selector(RoutingRule rule) {
    RuleSelector selector = rule.selector();
    if (selector.inverted()) {
      add("not");
    }
    if (rule.family() == AddressFamily.IPV6
        && selector.from().isEmpty()
        && selector.to().isEmpty()) {
      add("inet6");
    }
    add("from " + selector.from().map(Prefix::text).orElse("all"));
    selector.to().ifPresent(to -> add("to " + to.text()));
    add("priority " + rule.priority());
    add("tos 0x" + Integer.toHexString(selector.tos()));
    selector.mark().ifPresent(mark -> add("fwmark " + mark.text()));
  }

  private void traffic(RoutingRule rule) {
    RuleTraffic traffic = rule.selector().traffic();
    if (!traffic.input().isEmpty()) {
      add("iif " + traffic.input());
    }
    if (!traffic.output().isEmpty()) {
      add("oif " + traffic.output());
    }
    rule.action().suppressPrefixLength().ifPresent(most -> add("suppress_prefixlen " + most));
    rule.action().suppressGroup().ifPresent(group -> add("suppress_ifgroup " + group));
    traffic.users().ifPresent(users -> add("uidrange " + users.text()));
    if (rule.action().kind() == RuleAction.Kind.L3MDEV) {
      add("l3mdev");
    }
    rule.protocol().ifPresent(protocol -> add("protocol " + protocol));
    traffic.protocol().ifPresent(protocol -> add("ipproto " + protocol));
    traffic.sourcePorts().ifPresent(ports -> add("sport " + ports.text()));
    traffic.destinationPorts().ifPresent(ports -> add("dport " + ports.text()));
  }

  private void action(RuleAction action) {
    action.realms().ifPresent(realms -> add("realms " + (realms >> 16) + "/" + (realms & LOWER)));
    add(
        switch (action.kind()) {
          case TABLE, L3MDEV -> "lookup " + action.target();
          case GOTO -> "goto " + action.target();
          case NOP -> "nop";
          case BLACKHOLE, UNREACHABLE, PROHIBIT ->
              "type " + action.kind().name().toLowerCase(Locale.ROOT);
        });
  }
}
