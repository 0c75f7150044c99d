package org.jkeepalived.lvs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;

/** By what virtual servers of two configurations are known to be the same. */
final class ServiceIdentity {

  private ServiceIdentity() {}

  /**
   * What makes a virtual server the same one in another configuration. COMPAT: with another
   * protocol it is another one.
   */
  static Object of(VirtualService service) {
    if (service instanceof VirtualService.ByGroup one) {
      return List.of(one.group().name(), one.protocol());
    }
    return service;
  }

  /** Each by its identity; one that is written again is another one. */
  static Map<Object, VirtualServer> all(Director director) {
    Map<Object, VirtualServer> found = new LinkedHashMap<>();
    for (VirtualServer server : director.servers()) {
      Object identity = of(server.service());
      while (found.containsKey(identity)) {
        identity = List.of(identity, "again");
      }
      found.put(identity, server);
    }
    return found;
  }
}
