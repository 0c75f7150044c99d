package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Set;
import org.jkeepalived.track.LinkState;

/**
 * What hears and sends on links. Opening one may take its time and is answered later, through
 * {@link VirtualRouters#portOpened} or {@link VirtualRouters#portFailed}.
 */
public interface LinkPorts {

  /**
   * Opens a port on a usable link, or has an open one hear further multicast groups; asking again
   * changes nothing.
   *
   * @param groups may be empty for a link that is only sent on
   */
  void open(LinkState link, Set<InetAddress> groups);

  /**
   * Closes the port of a link that is gone or not needed any more; nothing happens where there is
   * none. A link that only goes down keeps its port.
   */
  void close(int linkIndex);
}
