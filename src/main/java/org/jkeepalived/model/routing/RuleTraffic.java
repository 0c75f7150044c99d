package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What else a rule asks of packets.
 *
 * @param input {@code iif}; empty for any
 * @param output {@code oif}; empty for any
 * @param users {@code uidrange}
 * @param protocol {@code ipproto}
 * @param sourcePorts {@code sport}
 * @param destinationPorts {@code dport}
 */
public record RuleTraffic(
    String input,
    String output,
    Optional<Range> users,
    OptionalInt protocol,
    Optional<Range> sourcePorts,
    Optional<Range> destinationPorts) {

  public static final RuleTraffic ANY =
      new RuleTraffic(
          "", "", Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

  public RuleTraffic {
    Objects.requireNonNull(input);
    Objects.requireNonNull(output);
    Objects.requireNonNull(users);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(sourcePorts);
    Objects.requireNonNull(destinationPorts);
  }
}
