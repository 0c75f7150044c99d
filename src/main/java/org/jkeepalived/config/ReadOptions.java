package org.jkeepalived.config;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the text alone does not tell.
 *
 * @param configId {@code -i}: what {@code @conditions} are compared with; empty for the host's name
 *     without its domain
 * @param hostName the host's name, the default of {@code router_id}
 * @param links the links that exist, for {@code -t} to warn about others as keepalived does; empty
 *     in the daemon, where instances wait for their links
 */
public record ReadOptions(Optional<String> configId, String hostName, Optional<Set<String>> links) {
  public ReadOptions {
    Objects.requireNonNull(configId);
    Objects.requireNonNull(hostName);
    links = links.map(Set::copyOf);
  }
}
