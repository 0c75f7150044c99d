package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Objects;

/**
 * An advertisement that passed every receive check.
 *
 * @param source who sent it
 * @param priority 0 to 255; 0 says that the master resigns
 * @param intervalNanos the interval the sender advertises with
 */
public record ReceivedAdvertisement(InetAddress source, int priority, long intervalNanos) {
  public ReceivedAdvertisement {
    Objects.requireNonNull(source);
  }
}
