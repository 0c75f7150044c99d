package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Set;
import org.jkeepalived.link.LinkState;

/**
 * What hears and sends on links. Opening one may take its time and is answered later, through
 * {@link VirtualRouters#portOpened} or {@link VirtualRouters#portFailed}.
 */
public interface LinkPorts {

  /**
   * What a port must be able to do.
   *
   * @param groups the multicast groups to hear; empty for a link that is only sent on
   * @param routers how many virtual routers listen, which is how many packets may come at once
   * @param longestPacketBytes the longest packet that is expected, with its IP header
   * @param admission who may speak there
   */
  record Demand(Set<InetAddress> groups, int routers, int longestPacketBytes, Admission admission) {
    public Demand {
      groups = Set.copyOf(groups);
    }

    /** Whether a port made for this demand will do for {@code other}, groups aside. */
    public boolean covers(Demand other) {
      return routers >= other.routers
          && longestPacketBytes >= other.longestPacketBytes
          && admission.equals(other.admission);
    }
  }

  /**
   * Opens a port on a usable link, or has an open one do what is demanded now; asking again changes
   * nothing.
   */
  void open(LinkState link, Demand demand);

  /**
   * Closes the port of a link that is gone or not needed any more; nothing happens where there is
   * none. A link that only goes down keeps its port.
   */
  void close(int linkIndex);
}
