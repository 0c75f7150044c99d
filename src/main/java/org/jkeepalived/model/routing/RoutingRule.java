package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.OptionalInt;
import org.jkeepalived.model.AddressFamily;

/**
 * One line of {@code virtual_rules} or {@code static_rules}.
 *
 * @param priority rules are looked at in the order of their priorities, 0 to 2³²−1
 * @param protocol {@code protocol}; empty for none
 */
public record RoutingRule(
    RuleSelector selector,
    long priority,
    AddressFamily family,
    RuleAction action,
    OptionalInt protocol,
    RouteTracking tracking) {

  public RoutingRule {
    Objects.requireNonNull(selector);
    Objects.requireNonNull(family);
    Objects.requireNonNull(action);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(tracking);
  }

  /** keepalived's words for it: {@code from 10.0.0.0/8 priority 100 tos 0x0 lookup 1}. */
  public String text() {
    return RuleText.of(this);
  }
}
