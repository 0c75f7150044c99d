package org.jkeepalived.lvs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * The changes that lead from one state of a service to another, and no more of them: what is the
 * same in both is not touched, so that its connections survive.
 */
final class TableDifference {

  private TableDifference() {}

  /**
   * What to do, in that order: real servers come before others go, so that the service is never
   * without one in between.
   *
   * @param present what the kernel has; empty for no such service
   * @param wanted what it is to have; empty for no such service
   */
  static List<TableChange> between(
      ServiceKey key, Optional<KnownService> present, Optional<TableService> wanted) {
    if (wanted.isEmpty()) {
      return present.isPresent() ? List.of(new TableChange.RemoveService(key)) : List.of();
    }
    List<TableChange> changes = new ArrayList<>();
    TableService after = wanted.get();
    if (present.isEmpty()) {
      changes.add(new TableChange.AddService(key, after.settings()));
    } else if (!present.get().settings().equals(after.settings())) {
      changes.add(new TableChange.EditService(key, after.settings()));
    }
    Map<ServerAddress, DestinationSettings> old =
        present.map(KnownService::destinations).orElse(Map.of());
    after
        .destinations()
        .forEach(
            (address, settings) -> {
              DestinationSettings known = old.get(address);
              if (known == null) {
                changes.add(new TableChange.AddDestination(key, address, settings));
              } else if (!known.equals(settings)) {
                changes.add(new TableChange.EditDestination(key, address, settings));
              }
            });
    for (ServerAddress address : old.keySet()) {
      if (!after.destinations().containsKey(address)) {
        changes.add(new TableChange.RemoveDestination(key, address));
      }
    }
    return changes;
  }
}
