package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.stream.Stream;
import org.jkeepalived.model.AddressFamily;

/** Which packets a virtual server is for. */
public sealed interface VirtualService {

  /** Stands where a protocol's name would: marks have none. */
  String NO_PROTOCOL = "none";

  /** Its name, as keepalived writes it. */
  String text();

  /** The protocol's name, as it stands in the names of its real servers. */
  String protocolText();

  /** Those to an address and a port; port 0 for all ports. */
  record ByAddress(ServerAddress address, Protocol protocol) implements VirtualService {
    public ByAddress {
      Objects.requireNonNull(address);
      Objects.requireNonNull(protocol);
    }

    @Override
    public String text() {
      return address.text(protocol.text());
    }

    @Override
    public String protocolText() {
      return protocol.text();
    }
  }

  /**
   * Those that bear a firewall mark.
   *
   * @param mark 1 to 2³²−1
   */
  record ByMark(long mark, AddressFamily family) implements VirtualService {
    public ByMark {
      Objects.requireNonNull(family);
    }

    @Override
    public String text() {
      return "FWM " + mark;
    }

    @Override
    public String protocolText() {
      return NO_PROTOCOL;
    }
  }

  /**
   * Those to any member of a group.
   *
   * @param protocol of its addresses; its marks have none
   * @param markFamily of those of its marks that name none
   */
  record ByGroup(ServerGroup group, Protocol protocol, AddressFamily markFamily)
      implements VirtualService {
    public ByGroup {
      Objects.requireNonNull(group);
      Objects.requireNonNull(protocol);
      Objects.requireNonNull(markFamily);
    }

    /** The families of its addresses, each once. */
    public Stream<AddressFamily> families() {
      return group.ranges().stream().map(range -> AddressFamily.of(range.first())).distinct();
    }

    @Override
    public String text() {
      return "[" + group.name() + "]:0";
    }

    /** Marks alone have no protocol. */
    @Override
    public String protocolText() {
      return group.ranges().isEmpty() ? NO_PROTOCOL : protocol.text();
    }
  }
}
