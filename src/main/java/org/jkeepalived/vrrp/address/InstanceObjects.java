package org.jkeepalived.vrrp.address;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.StaticNetwork;

/** What a virtual router holds in the kernel while it is master, and what that is in. */
public final class InstanceObjects {

  private InstanceObjects() {}

  /** In the order in which they are added: routes need addresses, and rules tables. */
  public static List<KernelObject> of(VrrpInstance instance) {
    List<KernelObject> addresses = KernelAddress.of(instance.addresses().all());
    Routing routing = instance.addresses().routing();
    boolean answers = instance.conduct().firewall().isEmpty();
    return routing.isEmpty() && answers
        ? addresses
        : Stream.of(
                filters(instance).stream(),
                blocks(instance),
                addresses.stream(),
                routes(routing),
                rules(routing))
            .flatMap(each -> each)
            .toList();
  }

  /** In the order in which they are removed. */
  public static List<KernelObject> leaving(VrrpInstance instance) {
    List<KernelObject> addresses = KernelAddress.of(instance.addresses().all());
    Routing routing = instance.addresses().routing();
    return routing.isEmpty() && instance.conduct().firewall().isEmpty()
        ? addresses
        : Stream.of(rules(routing), routes(routing), addresses.stream(), blocks(instance))
            .flatMap(each -> each)
            .toList();
  }

  /**
   * What blocks of its addresses are in. It is there from the first time that it is master, and
   * stays as long as the instance does.
   */
  public static List<KernelObject> filters(VrrpInstance instance) {
    return instance.conduct().firewall().stream()
        .flatMap(
            firewall ->
                instance.addresses().all().stream()
                    .map(address -> AddressFamily.of(address.address()))
                    .distinct()
                    .map(family -> (KernelObject) new KernelFilter(firewall, family)))
        .toList();
  }

  /**
   * Those of them that are there before it is master for the first time: keepalived's rules of
   * iptables stand from the start, and so does their place among those of others.
   */
  public static List<KernelObject> standingFilters(VrrpInstance instance) {
    Optional<Firewall> firewall = instance.conduct().firewall();
    return firewall.isPresent() && firewall.get() instanceof Firewall.Iptables
        ? filters(instance)
        : List.of();
  }

  private static Stream<KernelObject> blocks(VrrpInstance instance) {
    return instance.conduct().firewall().stream()
        .flatMap(
            firewall ->
                instance.addresses().all().stream()
                    .map(address -> block(firewall, address, instance)));
  }

  private static KernelObject block(
      Firewall firewall, VirtualAddress address, VrrpInstance instance) {
    boolean onItsLink = address.address().isLinkLocalAddress() && isIpv6(address);
    return new KernelBlock(
        firewall,
        address.address(),
        onItsLink ? Optional.of(address.device()) : Optional.empty(),
        onItsLink && firewall.tellsLinksByName(instance));
  }

  private static boolean isIpv6(VirtualAddress address) {
    return AddressFamily.of(address.address()) == AddressFamily.IPV6;
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
