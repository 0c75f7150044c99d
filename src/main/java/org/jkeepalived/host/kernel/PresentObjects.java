package org.jkeepalived.host.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RouteMonitor;

/** What the kernel has of all that a journal may name, whoever put it there. */
final class PresentObjects {

  private PresentObjects() {}

  /**
   * Reads everything, on the calling thread; it may block while the kernel is busy.
   *
   * @throws SystemCallException the kernel does not tell
   */
  static List<PlacedObject> read() throws SystemCallException {
    List<PlacedObject> all = new ArrayList<>();
    for (KernelObject.Kind kind : KernelObject.Kind.values()) {
      all.addAll(
          switch (kind) {
            case ADDRESS -> addresses();
            // the journal says of these all that there is to know
            case ROUTE, RULE, FILTER, BLOCK, DETOUR, LINK, SETTING -> List.of();
          });
    }
    return all;
  }

  private static List<PlacedObject> addresses() throws SystemCallException {
    Links links = new Links();
    try (RouteMonitor monitor = RouteMonitor.open(Runnable::run, Runnable::run, links)) {
      monitor.listenToIpv6();
      monitor.start();
    }
    return KernelAddress.present(links);
  }
}
