package org.jkeepalived.vrrp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** Whose a packet is: virtual routers by the link that it came in on, then by its table. */
final class RouterLookup {

  private static final String ANYWHERE = "";

  private final Map<String, DispatchTable> byLink = new HashMap<>();
  private final Map<Integer, DispatchTable> byLinkIndex = new HashMap<>();

  /** Adds a virtual router, which takes the place of one that speaks to the same group. */
  void add(RunningRouter router) {
    table(link(router)).add(router);
  }

  /** Removes a virtual router, unless another one has taken its place. */
  void remove(RunningRouter router) {
    table(link(router)).remove(router);
  }

  private static String link(RunningRouter router) {
    return router.router().instance().key().interfaceName();
  }

  private DispatchTable table(String link) {
    return byLink.computeIfAbsent(link, name -> new DispatchTable());
  }

  /** The link of that name has this index now. */
  void attachLink(int index, String name) {
    byLinkIndex.put(index, table(name));
  }

  /** No link that virtual routers speak on has this index any more. */
  void detachLink(int index) {
    byLinkIndex.remove(index);
  }

  /**
   * Finds the virtual router that a packet is meant for, of those that speak on a link.
   *
   * @param vrid 0 to 255
   */
  Optional<RunningRouter> find(ReceivedDatagram datagram, int linkIndex, int vrid) {
    DispatchTable table = byLinkIndex.get(linkIndex);
    return table == null ? Optional.empty() : table.find(datagram, vrid);
  }

  /** The same of those that speak on the link that it came in on. */
  Optional<RunningRouter> find(ReceivedDatagram datagram, int vrid) {
    return find(datagram, datagram.linkIndex(), vrid);
  }

  /** The same of those that speak to peers over whatever link leads to them. */
  Optional<RunningRouter> findAnywhere(ReceivedDatagram datagram, int vrid) {
    DispatchTable table = byLink.get(ANYWHERE);
    return table == null ? Optional.empty() : table.find(datagram, vrid);
  }
}
