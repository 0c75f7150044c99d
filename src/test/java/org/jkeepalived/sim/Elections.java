package org.jkeepalived.sim;

import java.util.Arrays;
import java.util.List;

/** Who wins where two masters hear each other. */
final class Elections {

  private Elections() {}

  /** RFC 9568 section 6.4.3 (700): priority, then address. */
  static boolean isBetter(Scenario scenario, List<SimulatedNode> nodes, int router, int a, int b) {
    int byPriority = Integer.compare(nodes.get(a).priority(router), nodes.get(b).priority(router));
    return byPriority != 0
        ? byPriority > 0
        : Arrays.compareUnsigned(
                scenario.source(router, a).getAddress(), scenario.source(router, b).getAddress())
            > 0;
  }
}
