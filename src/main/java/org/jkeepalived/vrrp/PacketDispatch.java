package org.jkeepalived.vrrp;

import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.VirtualRouters.Stray;
import org.jkeepalived.vrrp.packet.ReceivedPacket;

/**
 * Hands each packet that came in to the virtual router that it is meant for, and counts those that
 * are nobody's. Anything may be in a packet.
 */
final class PacketDispatch {

  private final RouterLookup lookup;
  private final VrrpContext context;
  private final ReceivedPacket packet = new ReceivedPacket();
  private final long[] strays = new long[Stray.values().length];
  private final DiscardLog strayLog = new DiscardLog();
  private boolean logUnknownVrids;

  PacketDispatch(RouterLookup lookup, VrrpContext context, boolean logUnknownVrids) {
    this.lookup = lookup;
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
    switch (read(bytes, ipAt, end)) {
      case OTHER -> {
        // the capture filter lets nothing else through, but for fragments and broken headers
      }
      case TRUNCATED -> stray(Stray.TRUNCATED);
      case VRRP -> {
        Optional<RunningRouter> router = lookup.find(linkIndex, packet);
        if (router.isPresent()) {
          router.get().receive(packet, context.nowNanos());
        } else {
          stray(Stray.UNKNOWN_VRID);
        }
      }
    }
  }

  /** Nobody on the network may end this process, whatever our own code gets wrong. */
  private ReceivedPacket.Shape read(byte[] bytes, int ipAt, int end) {
    try {
      return packet.read(bytes, ipAt, end);
    } catch (RuntimeException bug) {
      strays[Stray.TRUNCATED.ordinal()]++;
      if (strayLog.admit(Discard.TYPE, context.nowNanos()).isPresent()) {
        context.listener().failed("internal error while reading a packet, please report it", bug);
      }
      return ReceivedPacket.Shape.OTHER;
    }
  }

  private void stray(Stray stray) {
    strays[stray.ordinal()]++;
    if (stray == Stray.UNKNOWN_VRID && !logUnknownVrids) {
      return;
    }
    Discard like = stray == Stray.TRUNCATED ? Discard.TOO_SHORT : Discard.ADDRESS_LIST;
    OptionalLong suppressed = strayLog.admit(like, context.nowNanos());
    if (suppressed.isPresent()) {
      context
          .listener()
          .log(
              Level.INFO,
              stray == Stray.TRUNCATED
                  ? "IPv4 VRRP packet too short - " + packet.ipLength() + " bytes"
                  : "Unknown VRID("
                      + packet.virtualRouterId()
                      + ") received from "
                      + packet.source().getHostAddress());
    }
  }
}
