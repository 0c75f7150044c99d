package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;

/**
 * What the operator asked for, whole.
 *
 * @param globals the daemon-wide settings
 * @param instances the virtual routers, in the file's order
 */
public record Configuration(GlobalDefinitions globals, List<VrrpInstance> instances) {
  public Configuration {
    Objects.requireNonNull(globals);
    instances = List.copyOf(instances);
  }
}
