package org.jkeepalived.model.routing;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;

/** What a packet is wrapped in on its way to a next hop ({@code encap}). */
public sealed interface Encapsulation {

  /** keepalived's words for it. */
  String text();

  /**
   * {@code encap mpls 100/200}.
   *
   * @param labels 0 to 0xFFFFF each, outermost first
   */
  record Mpls(List<Integer> labels) implements Encapsulation {
    private static final int LABEL_SHIFT = 12;
    private static final int LAST = 0x100;

    public Mpls {
      labels = List.copyOf(labels);
    }

    /** The entry of the label stack: a label, and whether it is the last one. */
    public int entry(int index) {
      return labels.get(index) << LABEL_SHIFT | (index == labels.size() - 1 ? LAST : 0);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("encap mpls");
      for (int i = 0; i < labels.size(); i++) {
        // COMPAT: keepalived shows the entries of the stack, not the labels
        text.append(i == 0 ? ' ' : '/').append(Integer.toHexString(entry(i)));
      }
      return text.toString();
    }
  }

  /**
   * {@code encap ip} and {@code encap ip6}.
   *
   * @param family of the outer packet
   * @param id of the tunnel
   * @param trafficClass {@code tos}, or {@code tc} of IPv6: 0 to 255
   * @param hops {@code ttl}, or {@code hoplimit} of IPv6: 0 to 255
   * @param flags 16 bits
   */
  record Tunnel(
      AddressFamily family,
      OptionalLong id,
      Ends ends,
      OptionalInt trafficClass,
      OptionalInt hops,
      OptionalInt flags)
      implements Encapsulation {

    public Tunnel {
      Objects.requireNonNull(family);
      Objects.requireNonNull(id);
      Objects.requireNonNull(ends);
      Objects.requireNonNull(trafficClass);
      Objects.requireNonNull(hops);
      Objects.requireNonNull(flags);
    }

    @Override
    public String text() {
      boolean ipv4 = family == AddressFamily.IPV4;
      StringBuilder text = new StringBuilder(ipv4 ? "encap ip" : "encap ip6");
      id.ifPresent(value -> text.append(" id ").append(value));
      ends.destination().ifPresent(to -> text.append(" dst ").append(NumericAddress.of(to)));
      ends.source().ifPresent(from -> text.append(" src ").append(NumericAddress.of(from)));
      trafficClass.ifPresent(value -> text.append(ipv4 ? " tos " : " tc ").append(value));
      hops.ifPresent(value -> text.append(ipv4 ? " ttl " : " hoplimit ").append(value));
      flags.ifPresent(value -> text.append(" flags 0x").append(Integer.toHexString(value)));
      return text.toString();
    }
  }

  /** The addresses of a tunnel's two ends. */
  record Ends(Optional<InetAddress> destination, Optional<InetAddress> source) {
    public Ends {
      Objects.requireNonNull(destination);
      Objects.requireNonNull(source);
    }
  }

  /**
   * {@code encap ila}.
   *
   * @param locator the first 64 bits of the address to be, in the order of the wire
   */
  record Ila(long locator) implements Encapsulation {
    @Override
    public String text() {
      // COMPAT: keepalived shows the number that a little-endian machine reads there
      return "encap ila " + Long.toUnsignedString(Long.reverseBytes(locator));
    }
  }
}
