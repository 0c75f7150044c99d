package org.jkeepalived.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Range;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.RuleAction;
import org.jkeepalived.model.routing.RuleSelector;
import org.jkeepalived.model.routing.RuleTraffic;

/**
 * How the journal names a rule: with everything, for nothing less tells it from others. {@code
 * rule: IPV4 100 from 10.0.0.0/8 TABLE 254 protocol 18}.
 */
final class JournalRule {

  static final String KIND = "rule: ";
  private static final int BYTE = 255;

  private JournalRule() {}

  static String write(RoutingRule rule) {
    StringBuilder text = new StringBuilder(KIND);
    text.append(rule.family()).append(' ').append(rule.priority());
    RuleSelector selector = rule.selector();
    if (selector.inverted()) {
      text.append(" not all");
    }
    selector.from().ifPresent(from -> text.append(" from ").append(from.text()));
    selector.to().ifPresent(to -> text.append(" to ").append(to.text()));
    if (selector.tos() != 0) {
      text.append(" tos ").append(selector.tos());
    }
    selector
        .mark()
        .ifPresent(
            mark ->
                text.append(" mark ").append(mark.value()).append(" mask ").append(mark.mask()));
    writeTraffic(selector.traffic(), text);
    writeAction(rule.action(), text);
    rule.protocol().ifPresent(protocol -> text.append(" protocol ").append(protocol));
    return text.toString();
  }

  private static void writeTraffic(RuleTraffic traffic, StringBuilder text) {
    text.append(traffic.input().isEmpty() ? "" : " iif " + traffic.input());
    text.append(traffic.output().isEmpty() ? "" : " oif " + traffic.output());
    traffic.users().ifPresent(users -> text.append(" uidrange ").append(users.text()));
    traffic.protocol().ifPresent(protocol -> text.append(" ipproto ").append(protocol));
    traffic.sourcePorts().ifPresent(ports -> text.append(" sport ").append(ports.text()));
    traffic.destinationPorts().ifPresent(ports -> text.append(" dport ").append(ports.text()));
  }

  private static void writeAction(RuleAction action, StringBuilder text) {
    text.append(' ').append(action.kind()).append(' ').append(action.target());
    action.realms().ifPresent(realms -> text.append(" realms ").append(realms));
    action.suppressPrefixLength().ifPresent(most -> text.append(" suppress ").append(most));
    action.suppressGroup().ifPresent(group -> text.append(" group ").append(group));
  }

  /** The same rule; empty if the line tells of none. */
  static Optional<RoutingRule> read(String line) {
    if (!line.startsWith(KIND)) {
      return Optional.empty();
    }
    JournalWords words = JournalWords.read(line.substring(KIND.length()));
    for (AddressFamily family : AddressFamily.values()) {
      OptionalLong priority = words.number(family.name());
      for (RuleAction.Kind kind : RuleAction.Kind.values()) {
        OptionalLong target = words.number(kind.name());
        if (priority.isPresent() && target.isPresent()) {
          return Optional.of(
              new RoutingRule(
                  selector(words, family),
                  priority.getAsLong(),
                  family,
                  new RuleAction(
                      kind,
                      target.getAsLong(),
                      words.number("realms"),
                      words.small("suppress", Integer.MAX_VALUE),
                      words.number("group")),
                  words.small("protocol", BYTE),
                  RouteTracking.YES));
        }
      }
    }
    return Optional.empty();
  }

  private static RuleSelector selector(JournalWords words, AddressFamily family) {
    OptionalLong mark = words.number("mark");
    return new RuleSelector(
        words.text("not").isPresent(),
        words.prefix("from").filter(prefix -> prefix.family() == family),
        words.prefix("to").filter(prefix -> prefix.family() == family),
        words.small("tos", BYTE).orElse(0),
        mark.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new RuleSelector.Mark(
                    mark.getAsLong(), words.number("mask").orElse(RuleSelector.Mark.ALL))),
        traffic(words));
  }

  private static RuleTraffic traffic(JournalWords words) {
    OptionalInt protocol = words.small("ipproto", BYTE);
    Optional<Range> users = words.range("uidrange");
    return new RuleTraffic(
        words.text("iif").orElse(""),
        words.text("oif").orElse(""),
        users,
        protocol,
        words.range("sport"),
        words.range("dport"));
  }
}
