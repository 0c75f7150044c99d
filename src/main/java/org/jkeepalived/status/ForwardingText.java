package org.jkeepalived.status;

import org.jkeepalived.model.lvs.Forwarding;

/** How packets reach a real server, as the dump writes it. */
final class ForwardingText {

  private ForwardingText() {}

  /** Such as {@code NAT} or {@code TUN, type = GUE, port = 6080, no checksum}. */
  static String of(Forwarding forwarding) {
    return forwarding.method()
        + forwarding.tunnel().map(tunnel -> ", type = " + tunnel(tunnel)).orElse("");
  }

  private static String tunnel(Forwarding.Tunnel tunnel) {
    if (tunnel.type() == Forwarding.Tunnel.Type.IPIP) {
      return "IPIP";
    }
    String port = tunnel.port().isPresent() ? ", port = " + tunnel.port().getAsInt() : "";
    return tunnel.type() + port + checksum(tunnel.checksum());
  }

  private static String checksum(Forwarding.Tunnel.Checksum checksum) {
    return switch (checksum) {
      case NONE -> ", no checksum";
      case LOCAL -> ", checksum";
      case REMOTE -> ", remote checksum";
    };
  }
}
