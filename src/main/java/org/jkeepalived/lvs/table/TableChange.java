package org.jkeepalived.lvs.table;

import org.jkeepalived.model.lvs.ServerAddress;

/** One thing to do to the kernel's table; one request to the kernel. */
public sealed interface TableChange {

  /** The service that it concerns. */
  ServiceKey service();

  /** A service without real servers comes. */
  record AddService(ServiceKey service, ServiceSettings settings) implements TableChange {}

  /** A service goes on with other settings. */
  record EditService(ServiceKey service, ServiceSettings settings) implements TableChange {}

  /** A service goes, and its real servers with it. */
  record RemoveService(ServiceKey service) implements TableChange {}

  /** A real server comes. */
  record AddDestination(ServiceKey service, ServerAddress address, DestinationSettings settings)
      implements TableChange {}

  /** A real server goes on with other settings. */
  record EditDestination(ServiceKey service, ServerAddress address, DestinationSettings settings)
      implements TableChange {}

  /** A real server goes. */
  record RemoveDestination(ServiceKey service, ServerAddress address) implements TableChange {}
}
