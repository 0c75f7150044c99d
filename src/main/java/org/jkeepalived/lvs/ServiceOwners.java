package org.jkeepalived.lvs;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableKeeper;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.lvs.table.TableText;

/**
 * Which virtual server a service of the kernel's table belongs to: the first of the configuration
 * that names it, where several do. It hands their wishes to the keeper of the table.
 */
final class ServiceOwners {

  private final TableKeeper keeper;
  private final LvsLog log;
  private final Map<ServiceKey, ServerPool> owners = new HashMap<>();
  private final Map<ServerPool, Set<ServiceKey>> owned = new HashMap<>();

  ServiceOwners(TableKeeper keeper, LvsLog log) {
    this.keeper = keeper;
    this.log = log;
  }

  /** Gives each service to the first of these that names it; services that none names go. */
  void assign(Collection<ServerPool> pools) {
    Set<ServiceKey> before = new LinkedHashSet<>(owners.keySet());
    owners.clear();
    owned.clear();
    for (ServerPool pool : pools) {
      Set<ServiceKey> own = new LinkedHashSet<>();
      for (ServiceKey key : WantedServices.keys(pool.configured().service())) {
        ServerPool first = owners.putIfAbsent(key, pool);
        if (first == null) {
          own.add(key);
        } else {
          log.warning(
              "Service "
                  + TableText.of(key)
                  + " of VS "
                  + pool.text()
                  + " is left to VS "
                  + first.text()
                  + ", which names it first");
        }
      }
      owned.put(pool, own);
    }
    before.stream().filter(key -> !owners.containsKey(key)).forEach(keeper::forget);
  }

  /** Hands on what a virtual server wants of its services; nothing if it is not among them. */
  void refresh(ServerPool pool) {
    Set<ServiceKey> own = owned.getOrDefault(pool, Set.of());
    List<TableService> wanted = pool.wanted();
    wanted.stream().filter(service -> own.contains(service.key())).forEach(keeper::want);
  }
}
