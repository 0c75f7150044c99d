package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code net_namespace_ipvs}: the network namespace whose table holds the virtual servers.
 *
 * @param name as ip-netns(8) knows it; empty for the one that the daemon was started in
 */
public record TableNamespace(Optional<String> name) {
  public TableNamespace {
    Objects.requireNonNull(name);
  }
}
