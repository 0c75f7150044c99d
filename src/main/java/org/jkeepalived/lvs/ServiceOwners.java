package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableKeeper;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.lvs.table.TableText;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * Which virtual servers a service of the kernel's table belongs to. Where several name it, it is as
 * the first of the configuration wants it, and has the real servers of all. It hands their wishes
 * to the keeper of the table.
 */
final class ServiceOwners {

  /** Of real servers, each for each address of its service; some 400 bytes each. */
  static final long MOST_ENTRIES = 200_000;

  private final TableKeeper keeper;
  private final LvsLog log;
  private final Map<ServiceKey, List<ServerPool>> owners = new HashMap<>();
  private final Set<String> told = new LinkedHashSet<>();

  ServiceOwners(TableKeeper keeper, LvsLog log) {
    this.keeper = keeper;
    this.log = log;
  }

  /**
   * Gives each service to those of these that name it.
   *
   * @return the services that none names any more; they stay until {@link #forget}
   */
  Set<ServiceKey> assign(Collection<ServerPool> pools) {
    Set<ServiceKey> before = new LinkedHashSet<>(owners.keySet());
    owners.clear();
    long entries = 0;
    for (ServerPool pool : pools) {
      long more = WantedServices.count(pool.configured(), pool.mark());
      if (entries + more > MOST_ENTRIES) {
        log.error(tooMany(pool, more));
        continue;
      }
      entries += more;
      for (ServiceKey key : WantedServices.keys(pool.configured().service(), pool.mark())) {
        List<ServerPool> all = owners.computeIfAbsent(key, fresh -> new ArrayList<>(1));
        if (!all.isEmpty()) {
          tell(key, all.get(0), pool);
        }
        all.add(pool);
      }
    }
    before.removeIf(owners::containsKey);
    return before;
  }

  /** Lets services go, but those that are named again. */
  void forget(Set<ServiceKey> services) {
    services.stream().filter(key -> !owners.containsKey(key)).forEach(keeper::forget);
  }

  private static String tooMany(ServerPool pool, long entries) {
    return "VS "
        + pool.text()
        + " needs "
        + entries
        + " entries in the table, for each address one of each real server; there is room for "
        + MOST_ENTRIES
        + " in all: it is not in the table. Give the group's packets a firewall mark instead";
  }

  private void tell(ServiceKey key, ServerPool first, ServerPool other) {
    String line =
        "Service "
            + TableText.of(key)
            + " is named by VS "
            + first.text()
            + " and again by VS "
            + other.text()
            + ": it is as the first wants it, and has the real servers of both";
    if (told.add(line)) {
      log.warning(line);
    }
  }

  /** Hands on what a virtual server wants of its services; nothing if it is not among them. */
  void refresh(ServerPool pool) {
    for (TableService service : pool.wanted()) {
      List<ServerPool> all = owners.getOrDefault(service.key(), List.of());
      if (all.size() == 1 && all.contains(pool)) {
        keeper.want(service);
      } else if (all.contains(pool)) {
        keeper.want(together(service.key(), all));
      }
    }
  }

  private static TableService together(ServiceKey key, List<ServerPool> all) {
    List<TableService> wishes =
        all.stream()
            .flatMap(pool -> pool.wanted().stream())
            .filter(service -> service.key().equals(key))
            .toList();
    Map<ServerAddress, DestinationSettings> servers = new LinkedHashMap<>();
    wishes.forEach(wish -> wish.destinations().forEach(servers::putIfAbsent));
    return new TableService(key, wishes.get(0).settings(), servers);
  }
}
