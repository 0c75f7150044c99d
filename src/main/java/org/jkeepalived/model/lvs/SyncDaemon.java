package org.jkeepalived.model.lvs;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.model.NumericAddress;

/**
 * {@code lvs_sync_daemon}: the kernel tells another director of its connections, and hears of that
 * one's.
 *
 * @param interfaceName the link that it speaks and listens on
 * @param instance the VRRP instance that is followed: while it is master the kernel tells,
 *     otherwise it listens; empty for both at once, always
 * @param id {@code id}: tells this pair of directors from others, 0 to 255
 * @param transport how its packets travel
 */
public record SyncDaemon(
    String interfaceName, Optional<String> instance, int id, Transport transport) {
  public SyncDaemon {
    Objects.requireNonNull(interfaceName);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(transport);
  }

  /**
   * How its packets travel; what is empty is left to the kernel, and older ones than 4.3 know none
   * of it.
   *
   * @param maxLength {@code maxlen}: the most bytes in a packet, 1 to 65507
   * @param port {@code port}: of UDP, 1 to 65535; the kernel's is 8848
   * @param ttl {@code ttl}: 1 to 255; the kernel's is 1
   * @param group {@code group}: a multicast address of either family; the kernel's is 224.0.0.81
   */
  public record Transport(
      OptionalInt maxLength, OptionalInt port, OptionalInt ttl, Optional<InetAddress> group) {
    /** As the kernel does it by itself. */
    public static final Transport KERNEL =
        new Transport(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    public Transport {
      Objects.requireNonNull(maxLength);
      Objects.requireNonNull(port);
      Objects.requireNonNull(ttl);
      Objects.requireNonNull(group);
    }

    /** The group as the kernel's tools write it. */
    public Optional<String> groupText() {
      return group.map(NumericAddress::of);
    }
  }
}
