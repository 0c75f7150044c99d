package org.jkeepalived.model.routing;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where packets go next.
 *
 * @param gateway {@code via}
 * @param device {@code dev}; empty where the kernel is to find it
 * @param weight {@code weight}, 1 to 256; 0 where it is not said
 * @param onlink {@code onlink}: the gateway is there, whatever the addresses say
 * @param encapsulation {@code encap}
 * @param realms {@code realms}: the source's in the upper 16 bits, the destination's in the lower
 */
public record NextHop(
    Optional<InetAddress> gateway,
    String device,
    int weight,
    boolean onlink,
    Optional<Encapsulation> encapsulation,
    OptionalLong realms) {

  /** Nowhere in particular. */
  public static final NextHop NONE =
      new NextHop(Optional.empty(), "", 0, false, Optional.empty(), OptionalLong.empty());

  public NextHop {
    Objects.requireNonNull(gateway);
    Objects.requireNonNull(device);
    Objects.requireNonNull(encapsulation);
    Objects.requireNonNull(realms);
  }
}
