package org.jkeepalived.vrrp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;

/** The virtual routers of the present configuration, in the file's order. */
final class RouterRegistry {

  private final VrrpContext context;
  private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
  private final RouterLookup lookup = new RouterLookup();
  private Configuration configuration;
  private Set<InetAddress> virtualAddresses;

  RouterRegistry(Configuration configuration, VrrpContext context) {
    this.context = context;
    this.configuration = configuration;
    virtualAddresses = ReloadPlan.Mentioned.by(configuration).addresses();
    configuration.instances().forEach(this::make);
  }

  private void make(VrrpInstance instance) {
    routers.put(instance.name(), new RunningRouter(instance, context));
  }

  Configuration configuration() {
    return configuration;
  }

  Collection<RunningRouter> all() {
    return List.copyOf(routers.values());
  }

  /** By the instances' names. */
  Map<String, RunningRouter> byName() {
    return routers;
  }

  RunningRouter named(String name) {
    return routers.get(name);
  }

  /** Whether some instance's configuration names {@code address}. */
  boolean isVirtual(InetAddress address) {
    return virtualAddresses.contains(address);
  }

  /**
   * Whether {@code address} of a link is a virtual one. Two links may have the same link-local
   * address, which is virtual on those alone that some instance has it on.
   *
   * @param link the link's name; empty where that is not known
   */
  boolean isVirtual(InetAddress address, Optional<String> link) {
    return isVirtual(address)
        && (link.isEmpty()
            || !(address instanceof Inet6Address)
            || !address.isLinkLocalAddress()
            || configuration.instances().stream()
                .flatMap(instance -> instance.addresses().all().stream())
                .anyMatch(
                    virtual ->
                        virtual.address().equals(address) && virtual.device().equals(link.get())));
  }

  /** Whose a packet is. */
  RouterLookup lookup() {
    return lookup;
  }

  // ---- reload ----

  /** Takes a configuration; its virtual routers are changed by {@link #replace}. */
  void read(ReloadPlan plan) {
    configuration = plan.target();
    virtualAddresses = plan.mentioned().addresses();
  }

  /**
   * Removes and makes virtual routers as planned; the others stay, in the new file's order, under
   * the names that they have there.
   *
   * @param removed hears of each that is not in the registry any more
   * @param made hears of each that is new
   */
  void replace(ReloadPlan plan, Consumer<RunningRouter> removed, Consumer<RunningRouter> made) {
    plan.removed().forEach(instance -> removed.accept(routers.remove(instance.name())));
    Map<String, RunningRouter> before = new HashMap<>(routers);
    Map<String, String> oldNames = plan.oldNames();
    routers.clear();
    for (VrrpInstance instance : configuration.instances()) {
      String oldName = oldNames.get(instance.name());
      if (oldName != null) {
        routers.put(instance.name(), before.get(oldName));
      } else {
        make(instance);
        made.accept(routers.get(instance.name()));
      }
    }
  }
}
