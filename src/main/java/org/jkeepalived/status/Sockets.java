package org.jkeepalived.status;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VrrpInstance;

/**
 * The descriptors that VRRP is sent and heard on.
 *
 * @param byLink that of each link's port, by the link's index
 * @param unicast the one for all that speak to peers; -1 when there is none
 * @param unicast6 the same of IPv6
 */
public record Sockets(Map<Integer, Integer> byLink, int unicast, int unicast6) {

  /** What a descriptor is where there is none. */
  public static final int NONE = -1;

  public Sockets {
    byLink = Map.copyOf(byLink);
  }

  /** Those of a machine that speaks no IPv6 to peers. */
  public Sockets(Map<Integer, Integer> byLink, int unicast) {
    this(byLink, unicast, NONE);
  }

  /**
   * The one that a virtual router uses, or -1.
   *
   * @param linkIndex finds a link's index by its name
   */
  int of(VrrpInstance.Key key, Function<String, Optional<Integer>> linkIndex) {
    if (key.isUnicast()) {
      return key.family() == AddressFamily.IPV4 ? unicast : unicast6;
    }
    return linkIndex.apply(key.interfaceName()).map(byLink::get).orElse(NONE);
  }
}
