package org.jkeepalived.config;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.script.ScriptLookup;

/**
 * What the text alone does not tell. {@link HostFacts} makes one.
 *
 * @param parsing what the language needs to know
 * @param hostName the host's name, the default of {@code router_id}
 * @param links the links that exist, for {@code -t} to warn about others as keepalived does; empty
 *     in the daemon, where instances wait for their links
 * @param processors how many the machine has, numbered from 0
 * @param scripts what the system knows of scripts and their users
 */
public record ReadOptions(
    ParseOptions parsing,
    String hostName,
    Optional<Set<String>> links,
    int processors,
    ScriptLookup scripts) {
  public ReadOptions {
    Objects.requireNonNull(parsing);
    Objects.requireNonNull(hostName);
    links = links.map(Set::copyOf);
    Objects.requireNonNull(scripts);
  }
}
