package org.jkeepalived.model.routing;

import java.util.Optional;
import java.util.OptionalLong;

/** What the machine says of links that routes name as their VRF. */
@FunctionalInterface
public interface VrfLookup {

  /** Of a machine without links. */
  VrfLookup NONE = name -> Optional.empty();

  /**
   * A link.
   *
   * @param table where the routes of its ports are; empty where it is no VRF
   */
  record Found(OptionalLong table) {}

  /** The link of that name; empty where there is none, or the kernel does not tell. */
  Optional<Found> find(String name);
}
