package org.jkeepalived.vrrp;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.VirtualRouters.Stray;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/**
 * Hands each packet that came in to the virtual router that it is meant for, and counts those that
 * are nobody's. Anything may be in a packet.
 */
final class PacketDispatch {

  private final RouterLookup lookup;
  private final Links links;
  private final VrrpContext context;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final AdvertisementView packet = new AdvertisementView();
  private final long[] strays = new long[Stray.values().length];
  private final DiscardLog strayLog = new DiscardLog();
  private boolean logUnknownVrids;

  PacketDispatch(RouterLookup lookup, Links links, VrrpContext context, boolean logUnknownVrids) {
    this.lookup = lookup;
    this.links = links;
    this.context = context;
    this.logUnknownVrids = logUnknownVrids;
  }

  void setLogUnknownVrids(boolean wanted) {
    logUnknownVrids = wanted;
  }

  /** How many packets were nobody's. */
  long get(Stray stray) {
    return strays[stray.ordinal()];
  }

  /**
   * A packet came in on a link.
   *
   * @param ipAt where its IP header starts in {@code bytes}
   * @param end one past its last byte
   */
  void receive(int linkIndex, byte[] bytes, int ipAt, int end) {
    try {
      // what else is let through: fragments and broken headers
      if (datagram.read(linkIndex, bytes, ipAt, end)
          && (datagram.protocol() == VrrpFormat.PROTOCOL_NUMBER
              || datagram.openAuthenticated(VrrpFormat.PROTOCOL_NUMBER))
          && isHeard()) {
        dispatch();
      }
    } catch (RuntimeException bug) {
      // nobody on the network may end this process, whatever our own code gets wrong
      strays[Stray.TRUNCATED.ordinal()]++;
      if (strayLog.admit(Discard.TYPE, context.nowNanos()).isPresent()) {
        context.listener().failed("internal error while reading a packet, please report it", bug);
      }
    }
  }

  /**
   * Whether the kernel would have heard what was captured before it looked: all that is for groups.
   */
  private boolean isHeard() {
    if (!datagram.isFramed() && !datagram.isToGroup()) {
      return true;
    }
    if (datagram.isFramed()
        && !datagram.isFrameToGroup()
        && !datagram.isFrameTo(hardwareAddress(datagram.linkIndex()))) {
      return ignore(Stray.FOREIGN_FRAME);
    }
    if (!datagram.isHeaderIntact()) {
      return ignore(Stray.HEADER_CHECKSUM);
    }
    return !datagram.isSourceMartian() || ignore(Stray.MARTIAN_SOURCE);
  }

  private byte[] hardwareAddress(int linkIndex) {
    return links.numbered(linkIndex).map(LinkState::mac).orElseGet(() -> new byte[0]);
  }

  private boolean ignore(Stray stray) {
    strays[stray.ordinal()]++;
    return false;
  }

  private void dispatch() {
    if (!packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      stray(Stray.TRUNCATED);
      return;
    }
    Optional<RunningRouter> router = find(packet.virtualRouterId());
    if (router.isPresent()) {
      router.get().receive(datagram, packet, context.nowNanos());
    } else {
      stray(Stray.UNKNOWN_VRID);
    }
  }

  /** One that speaks on the link; or in the VRF of the link; or anywhere. */
  private Optional<RunningRouter> find(int vrid) {
    Optional<RunningRouter> there = lookup.find(datagram, vrid);
    if (there.isPresent() || datagram.isToGroup()) {
      return there;
    }
    return lookup
        .find(datagram, vrf(datagram.linkIndex()), vrid)
        .or(() -> lookup.findAnywhere(datagram, vrid));
  }

  /** The VRF that a link is in; 0 for none. */
  private int vrf(int linkIndex) {
    OptionalInt master =
        links.numbered(linkIndex).map(LinkState::master).orElse(OptionalInt.empty());
    boolean isVrf =
        master.isPresent()
            && links.numbered(master.getAsInt()).filter(LinkState::isVrf).isPresent();
    return isVrf ? master.getAsInt() : 0;
  }

  private void stray(Stray stray) {
    strays[stray.ordinal()]++;
    if (stray == Stray.UNKNOWN_VRID && !logUnknownVrids) {
      return;
    }
    Discard like = stray == Stray.TRUNCATED ? Discard.TOO_SHORT : Discard.VERSION;
    OptionalLong suppressed = strayLog.admit(like, context.nowNanos());
    if (suppressed.isPresent()) {
      context
          .listener()
          .log(
              Level.INFO,
              stray == Stray.TRUNCATED
                  ? datagram.family().text()
                      + " VRRP packet too short - "
                      + (datagram.headerLength() + datagram.payloadLength())
                      + " bytes"
                  : "Unknown VRID("
                      + packet.virtualRouterId()
                      + ") received from "
                      + NumericAddress.of(datagram.source()));
    }
  }
}
