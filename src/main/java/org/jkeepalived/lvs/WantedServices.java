package org.jkeepalived.lvs;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;

/** What the kernel's table is to hold for a virtual server: a service for each address and mark. */
final class WantedServices {

  private WantedServices() {}

  /**
   * A server of the pool as the table is to have it.
   *
   * @param address as it is configured; port 0 for that of the service
   */
  record Member(ServerAddress address, DestinationSettings settings) {}

  /**
   * The services, each once, in the order of the configuration.
   *
   * @param mark of a group's packets; empty where each address is a service of its own
   */
  static List<TableService> of(
      VirtualService service, OptionalLong mark, Balancing balancing, List<Member> members) {
    ServiceSettings settings = settings(balancing);
    // those of one port have the same real servers: a group has thousands of addresses
    Map<Integer, Map<ServerAddress, DestinationSettings>> byPort = new HashMap<>();
    return keys(service, mark).stream()
        .map(
            key ->
                new TableService(
                    key,
                    settings,
                    byPort.computeIfAbsent(
                        port(key), port -> destinations(key, members, mark.isPresent()))))
        .toList();
  }

  private static int port(ServiceKey key) {
    return key instanceof ServiceKey.ByAddress named ? named.address().port() : -1;
  }

  private static ServiceSettings settings(Balancing balancing) {
    Optional<Binding> binding =
        balancing
            .persistence()
            .map(one -> new Binding(one.timeoutSeconds(), one.granularity(), one.engine()));
    return new ServiceSettings(
        balancing.scheduler().text(), balancing.flags(), balancing.onePacket(), binding);
  }

  /** How many real servers the table has for it at most, each counted for each address. */
  static long count(VirtualServer server, OptionalLong mark) {
    long services = 1;
    if (mark.isPresent()) {
      services = keys(server.service(), mark).size();
    } else if (server.service() instanceof VirtualService.ByGroup one) {
      services = one.group().marks().size();
      for (ServerGroup.Range range : one.group().ranges()) {
        services += range.count();
      }
    }
    return services * (server.servers().size() + 1L);
  }

  /** What would make each service itself without marks on packets to a group's addresses. */
  static Set<ServiceKey> keys(VirtualService service) {
    return keys(service, OptionalLong.empty());
  }

  /** What makes each service itself; a group's addresses may overlap. */
  static Set<ServiceKey> keys(VirtualService service, OptionalLong mark) {
    Set<ServiceKey> keys = new LinkedHashSet<>();
    if (mark.isPresent() && service instanceof VirtualService.ByGroup one) {
      one.families().forEach(family -> keys.add(new ServiceKey.ByMark(mark.getAsLong(), family)));
    } else if (service instanceof VirtualService.ByAddress one) {
      keys.add(new ServiceKey.ByAddress(one.address(), one.protocol()));
    } else if (service instanceof VirtualService.ByMark one) {
      keys.add(new ServiceKey.ByMark(one.mark(), one.family()));
    } else if (service instanceof VirtualService.ByGroup one) {
      for (ServerGroup.Range range : one.group().ranges()) {
        for (ServerAddress address : range.addresses()) {
          keys.add(new ServiceKey.ByAddress(address, one.protocol()));
        }
      }
      for (ServerGroup.Mark named : one.group().marks()) {
        keys.add(new ServiceKey.ByMark(named.value(), named.family().orElse(one.markFamily())));
      }
    }
    return keys;
  }

  private static Map<ServerAddress, DestinationSettings> destinations(
      ServiceKey key, List<Member> members, boolean ofGroup) {
    Map<ServerAddress, DestinationSettings> destinations = new LinkedHashMap<>();
    for (Member member : members) {
      int port = port(key, member.address(), member.settings().forwarding(), ofGroup);
      destinations.put(member.address().withPort(port), member.settings());
    }
    return Collections.unmodifiableMap(destinations);
  }

  /**
   * Who is reached without rewriting is asked at the service's port. COMPAT: behind a mark, which
   * has none, a server on the same link has 0, and one behind a tunnel what it was given, but 0
   * where the mark is that of a group's addresses.
   */
  private static int port(
      ServiceKey key, ServerAddress server, Forwarding forwarding, boolean ofGroup) {
    if (key instanceof ServiceKey.ByAddress named) {
      boolean follows = forwarding.keepsPort() || server.port() == 0;
      return follows ? named.address().port() : server.port();
    }
    boolean follows =
        forwarding.method() == Forwarding.Method.DR || ofGroup && forwarding.keepsPort();
    return follows ? 0 : server.port();
  }
}
