package org.jkeepalived.kernel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.RuleAction;
import org.jkeepalived.model.routing.RuleSelector;

/** A rule that says which table packets are routed by; its links need not be there. */
public record KernelRule(RoutingRule rule) implements KernelObject {

  public KernelRule {
    Objects.requireNonNull(rule);
  }

  /**
   * What makes two rules the same one for the kernel: everything.
   *
   * @param rule as the kernel tells of it, and tracked
   */
  public record Key(RoutingRule rule) implements KernelObject.Key {

    /** The key of a rule, whether a file or the kernel says it. */
    public static Key of(RoutingRule rule) {
      RuleSelector said = rule.selector();
      RuleAction action = rule.action();
      return new Key(
          new RoutingRule(
              new RuleSelector(
                  said.inverted(),
                  notAll(said.from()),
                  notAll(said.to()),
                  said.tos(),
                  said.mark(),
                  said.traffic()),
              rule.priority(),
              rule.family(),
              new RuleAction(
                  action.kind(),
                  action.target(),
                  action.realms().orElse(0) == 0 ? OptionalLong.empty() : action.realms(),
                  action.suppressPrefixLength(),
                  action.suppressGroup()),
              rule.protocol().orElse(0) == 0 ? OptionalInt.empty() : rule.protocol(),
              RouteTracking.YES));
    }

    private static Optional<Prefix> notAll(Optional<Prefix> prefix) {
      return prefix.filter(some -> some.length() > 0);
    }

    @Override
    public Kind kind() {
      return Kind.RULE;
    }
  }

  @Override
  public Kind kind() {
    return Kind.RULE;
  }

  @Override
  public List<String> links() {
    return List.of();
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return Key.of(rule);
  }

  @Override
  public String name() {
    return "rule " + rule.text();
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return name();
  }

  @Override
  public String lossText() {
    return name() + " removed";
  }

  @Override
  public boolean isTracked() {
    return rule.tracking() != RouteTracking.NO;
  }

  @Override
  public String journalText() {
    return JournalRule.write(rule);
  }
}
