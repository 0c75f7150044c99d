package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How packets reach a real server: {@code lvs_method}.
 *
 * @param tunnel of what kind the tunnel is; empty unless the method is {@link Method#TUN}
 */
public record Forwarding(Method method, Optional<Tunnel> tunnel) {
  /** What holds where nothing is said. */
  public static final Forwarding NAT = new Forwarding(Method.NAT, Optional.empty());

  public Forwarding {
    Objects.requireNonNull(method);
    if (tunnel.isPresent() != (method == Method.TUN)) {
      throw new IllegalArgumentException(method + " with tunnel " + tunnel);
    }
  }

  /** What is done to a packet. */
  public enum Method {
    /** Its destination is rewritten, address and port. */
    NAT,
    /** It gets another link-layer address. */
    DR,
    /** It is wrapped into another packet. */
    TUN
  }

  /**
   * What a packet is wrapped into.
   *
   * @param port of GUE, 1 to 65535; empty with the others
   */
  public record Tunnel(Type type, OptionalInt port, Checksum checksum) {
    public Tunnel {
      Objects.requireNonNull(type);
      Objects.requireNonNull(checksum);
      if (port.isPresent() != (type == Type.GUE)) {
        throw new IllegalArgumentException(type + " with port " + port);
      }
    }

    /** The kernel's kinds of tunnels. */
    public enum Type {
      IPIP,
      GUE,
      GRE
    }

    /** Who computes the checksum of the outer packet, if anybody does. */
    public enum Checksum {
      NONE,
      LOCAL,
      REMOTE
    }
  }

  /** Whether the real server is spoken to at the port that the client wrote. */
  public boolean keepsPort() {
    return method != Method.NAT;
  }
}
