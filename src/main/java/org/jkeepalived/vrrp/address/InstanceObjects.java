package org.jkeepalived.vrrp.address;

import java.util.List;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.StaticNetwork;

/** What a virtual router holds in the kernel while it is master. */
public final class InstanceObjects {

  private InstanceObjects() {}

  /** In the order in which they are added: routes need addresses, and rules tables. */
  public static List<KernelObject> of(VrrpInstance instance) {
    List<KernelObject> addresses = KernelAddress.of(instance.addresses().all());
    Routing routing = instance.addresses().routing();
    return routing.isEmpty()
        ? addresses
        : Stream.of(addresses.stream(), routes(routing), rules(routing))
            .flatMap(each -> each)
            .toList();
  }

  /** In the order in which they are removed. */
  public static List<KernelObject> leaving(VrrpInstance instance) {
    Routing routing = instance.addresses().routing();
    return routing.isEmpty()
        ? of(instance)
        : Stream.of(
                rules(routing),
                routes(routing),
                KernelAddress.of(instance.addresses().all()).stream())
            .flatMap(each -> each)
            .toList();
  }

  /** What is there whoever is master, in the order in which it is added. */
  public static List<KernelObject> of(StaticNetwork network) {
    return Stream.of(
            network.addresses().stream().map(entry -> new KernelAddress(entry.object())),
            network.routes().stream().map(entry -> new KernelRoute(entry.object())),
            network.rules().stream().map(entry -> new KernelRule(entry.object())))
        .<KernelObject>flatMap(each -> each)
        .toList();
  }

  private static Stream<KernelObject> routes(Routing routing) {
    return routing.routes().stream().map(KernelRoute::new);
  }

  private static Stream<KernelObject> rules(Routing routing) {
    return routing.rules().stream().map(KernelRule::new);
  }

  /** What all virtual routers of a configuration would hold. */
  public static List<KernelObject> of(Configuration configuration) {
    return configuration.instances().stream().flatMap(each -> of(each).stream()).toList();
  }
}
