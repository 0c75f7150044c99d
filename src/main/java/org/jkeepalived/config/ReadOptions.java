package org.jkeepalived.config;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.model.routing.VrfLookup;
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
 * @param linkMac the MAC address of the link of that name, in lower case, as 0 bytes where it has
 *     none; empty for no such link
 * @param vrfs the links that routes name as their VRF
 */
public record ReadOptions(
    ParseOptions parsing,
    String hostName,
    Optional<Set<String>> links,
    int processors,
    ScriptLookup scripts,
    Function<String, Optional<String>> linkMac,
    VrfLookup vrfs) {
  public ReadOptions {
    Objects.requireNonNull(parsing);
    Objects.requireNonNull(hostName);
    links = links.map(Set::copyOf);
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(linkMac);
    Objects.requireNonNull(vrfs);
  }

  /** Of a machine of whose links nothing is known. */
  public ReadOptions(
      ParseOptions parsing,
      String hostName,
      Optional<Set<String>> links,
      int processors,
      ScriptLookup scripts) {
    this(parsing, hostName, links, processors, scripts, name -> Optional.empty(), VrfLookup.NONE);
  }
}
