package org.jkeepalived.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the state of links is found out.
 *
 * @param delays {@code interface_up_down_delays}, by link
 * @param polled {@code linkbeat_interfaces} and {@code linkbeat_use_polling}, by link
 * @param buffers of the sockets by which links, addresses and routes are spoken of
 * @param silentGroups {@code disable_local_igmp}: the kernel reports no membership of 224.0.0.0/24
 */
public record LinkWatch(
    Map<String, Delays> delays,
    Map<String, Polling> polled,
    Buffers buffers,
    boolean silentGroups) {
  /** What the kernel reports, at once. */
  public static final LinkWatch KERNEL = new LinkWatch(Map.of(), Map.of());

  public LinkWatch {
    Objects.requireNonNull(buffers);
    delays = Collections.unmodifiableMap(new LinkedHashMap<>(delays));
    polled = Collections.unmodifiableMap(new LinkedHashMap<>(polled));
  }

  /** With sockets of which nothing is said. */
  public LinkWatch(Map<String, Delays> delays, Map<String, Polling> polled) {
    this(delays, polled, Buffers.STANDARD, false);
  }

  /**
   * The sockets by which links, addresses and routes are spoken of.
   *
   * @param command {@code vrrp_netlink_cmd_rcv_bufs}: of what the kernel is asked by
   * @param monitor {@code vrrp_netlink_monitor_rcv_bufs}: of what it tells by itself
   */
  public record Buffers(ReceiveBuffer command, ReceiveBuffer monitor) {
    public static final Buffers STANDARD =
        new Buffers(ReceiveBuffer.STANDARD, ReceiveBuffer.STANDARD);

    public Buffers {
      Objects.requireNonNull(command);
      Objects.requireNonNull(monitor);
    }

    // written out: it is compared at each start, where what Java makes of a record is dear

    @Override
    public boolean equals(Object other) {
      return other instanceof Buffers that
          && command.equals(that.command)
          && monitor.equals(that.monitor);
    }

    @Override
    public int hashCode() {
      return 31 * command.hashCode() + monitor.hashCode();
    }
  }

  /** How long a link must have been down, or up, until it counts as that; 0 to 255 s. */
  public record Delays(long downNanos, long upNanos) {}

  /** What the kernel is asked for instead of waiting for its reports. */
  public enum Polling {
    /** The first of the three that the link's driver knows. */
    ANY,
    MII,
    ETHTOOL,
    IOCTL
  }
}
