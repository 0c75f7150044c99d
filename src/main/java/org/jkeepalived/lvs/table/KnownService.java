package org.jkeepalived.lvs.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * A service as the kernel has it, as far as is known; it follows the changes that are made to it.
 */
final class KnownService {

  private final Map<ServerAddress, DestinationSettings> destinations;
  private ServiceSettings settings;

  KnownService(ServiceSettings settings) {
    this.settings = settings;
    destinations = new LinkedHashMap<>();
  }

  /** As it was read. */
  KnownService(TableService read) {
    settings = read.settings();
    destinations = new LinkedHashMap<>(read.destinations());
  }

  ServiceSettings settings() {
    return settings;
  }

  Map<ServerAddress, DestinationSettings> destinations() {
    return destinations;
  }

  /** Whether it is as another one, whatever the order of its real servers. */
  boolean isLike(TableService other) {
    return settings.equals(other.settings()) && destinations.equals(other.destinations());
  }

  /** A change has been made to it; those that make or remove a whole service are not for it. */
  void changed(TableChange change) {
    if (change instanceof TableChange.EditService edit) {
      settings = edit.settings();
    } else if (change instanceof TableChange.AddDestination add) {
      destinations.put(add.address(), add.settings());
    } else if (change instanceof TableChange.EditDestination edit) {
      destinations.put(edit.address(), edit.settings());
    } else if (change instanceof TableChange.RemoveDestination gone) {
      destinations.remove(gone.address());
    }
  }
}
