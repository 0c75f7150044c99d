package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;

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
   * @param room for what was not read yet, in bytes; empty for as much as is good for it
   */
  record Demand(
      Set<InetAddress> groups,
      int routers,
      int longestPacketBytes,
      Admission admission,
      OptionalLong room) {
    public Demand {
      groups = Set.copyOf(groups);
      Objects.requireNonNull(room);
    }

    /** One that leaves it to the port how much room there is. */
    public Demand(
        Set<InetAddress> groups, int routers, int longestPacketBytes, Admission admission) {
      this(groups, routers, longestPacketBytes, admission, OptionalLong.empty());
    }

    /** Whether some group is of that family. */
    public boolean hears(AddressFamily family) {
      for (InetAddress group : groups) {
        if (AddressFamily.of(group) == family) {
          return true;
        }
      }
      return false;
    }

    /** Whether a port made for this demand will do for {@code other}, single groups aside. */
    public boolean covers(Demand other) {
      return routers >= other.routers
          && longestPacketBytes >= other.longestPacketBytes
          && admission.equals(other.admission)
          && room.equals(other.room)
          && (hears(AddressFamily.IPV4) || !other.hears(AddressFamily.IPV4))
          && (hears(AddressFamily.IPV6) || !other.hears(AddressFamily.IPV6));
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
