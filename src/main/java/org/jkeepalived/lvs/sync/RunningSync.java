package org.jkeepalived.lvs.sync;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;

/**
 * A sync daemon as it runs in the kernel, or is to run.
 *
 * @param interfaceName the link that it speaks or listens on
 * @param id 0 to 255
 * @param transport what is empty is left to the kernel; or an older kernel does not tell it
 */
public record RunningSync(SyncRole role, String interfaceName, int id, Transport transport) {

  // what the kernel does by itself (linux/ip_vs_sync.c)
  private static final int PORT = 8848;
  private static final int TTL = 1;
  private static final String GROUP = "224.0.0.81";

  public RunningSync {
    Objects.requireNonNull(role);
    Objects.requireNonNull(interfaceName);
    Objects.requireNonNull(transport);
  }

  /** As it is configured, in one of its roles. */
  static RunningSync of(SyncRole role, SyncDaemon configured) {
    return new RunningSync(
        role, configured.interfaceName(), configured.id(), configured.transport());
  }

  /**
   * Whether what runs is what this asks for. The length of packets is not looked at: the kernel
   * takes another one where the link has its limits.
   */
  boolean isMetBy(RunningSync running) {
    return role == running.role
        && interfaceName.equals(running.interfaceName)
        && id == running.id
        && isMet(transport.port(), PORT, running.transport.port())
        && isMet(transport.ttl(), TTL, running.transport.ttl())
        && isGroupMetBy(running.transport.group());
  }

  /** The same, and packets are as long as this asks for, if it does. */
  boolean isExactly(RunningSync running) {
    return isMetBy(running)
        && (transport.maxLength().isEmpty()
            || transport.maxLength().equals(running.transport.maxLength()));
  }

  private static boolean isMet(OptionalInt wanted, int standard, OptionalInt told) {
    return told.isEmpty() || told.getAsInt() == wanted.orElse(standard);
  }

  private boolean isGroupMetBy(Optional<InetAddress> told) {
    return told.isEmpty()
        || transport
            .group()
            .map(told.get()::equals)
            .orElseGet(() -> told.get().getHostAddress().equals(GROUP));
  }
}
