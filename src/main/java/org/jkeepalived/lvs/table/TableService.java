package org.jkeepalived.lvs.table;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * A service with its real servers.
 *
 * @param destinations the real servers by address and port, in their order; several services may
 *     share them, and nobody changes them
 */
public record TableService(
    ServiceKey key,
    ServiceSettings settings,
    Map<ServerAddress, DestinationSettings> destinations) {
  public TableService {
    Objects.requireNonNull(key);
    Objects.requireNonNull(settings);
    destinations = Collections.unmodifiableMap(destinations);
  }
}
