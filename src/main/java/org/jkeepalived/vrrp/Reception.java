package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Optional;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.jkeepalived.vrrp.packet.ReceiveChecks;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/**
 * What becomes of the packets that are sent to one virtual router: the receive checks discard them,
 * or its state machine hears of them. Says what is wrong with them, but not with each of a flood.
 */
final class Reception {

  private final VirtualRouter router;
  private final Effects effects;
  private final SourceMemory sources = new SourceMemory();
  private final DiscrepancyLog discrepancyLog = new DiscrepancyLog();
  private final RepeatedMessage copyMessage = new RepeatedMessage();
  private final PeerChecksums checksums = new PeerChecksums();
  private final SequenceNumber sequence;
  private final Runnable sumsOtherwise;
  private ReceiveChecks checks;

  /** Few virtual routers ever discard a packet. */
  private Optional<DiscardLog> discardLog = Optional.empty();

  /**
   * @param sequence of the authenticated packets that were sent and believed
   * @param sumsOtherwise a peer has begun, or has ceased, to make checksums of the old kind
   */
  Reception(
      VirtualRouter router, Effects effects, SequenceNumber sequence, Runnable sumsOtherwise) {
    this.sequence = sequence;
    this.router = router;
    this.effects = effects;
    this.sumsOtherwise = sumsOtherwise;
    this.checks = new ReceiveChecks(router.instance(), sequence);
  }

  void reconfigure(VrrpInstance changed) {
    checks = new ReceiveChecks(changed, sequence);
  }

  /** Whether one of its peers sent {@code datagram}. */
  boolean isPeer(ReceivedDatagram datagram) {
    return checks.isPeer(datagram);
  }

  /** A packet of somebody else. */
  void receive(ReceivedDatagram datagram, AdvertisementView packet, long nowNanos) {
    InetAddress source = sources.of(datagram);
    Optional<Discard> discard = checks.check(datagram, packet);
    if (discard.isPresent()) {
      discard(discard.get(), datagram, packet, nowNanos);
      return;
    }
    noteChecksum(source, nowNanos);
    compare(packet, source, nowNanos);
    router.receive(
        new ReceivedAdvertisement(source, packet.priority(), checks.intervalNanos(packet)),
        nowNanos);
  }

  /**
   * A packet from our own address. It came back on a loop of cables; or a machine that is a copy of
   * this one sent it, and both are masters.
   *
   * <p>COMPAT: the kernel drops it, and keepalived hears nothing of it.
   */
  void receiveOwn(ReceivedDatagram datagram, byte[] hardwareAddress, long nowNanos) {
    router.statistics().count(Counter.OWN_ADDRESS_RECEIVED);
    if (!datagram.isFramed() || datagram.isFrameFrom(hardwareAddress)) {
      return;
    }
    InetAddress source = sources.of(datagram);
    if (copyMessage.admit(source, 0, nowNanos) && router.budget().line(nowNanos)) {
      effects.log(
          Level.WARNING,
          "WARNING - advert received from remote host "
              + datagram.frameSource()
              + " with our IP address "
              + NumericAddress.of(source)
              + ": is it a copy of this machine?");
    }
  }

  private void discard(
      Discard reason, ReceivedDatagram datagram, AdvertisementView packet, long nowNanos) {
    router.statistics().count(reason);
    if (discardLog.isEmpty()) {
      discardLog = Optional.of(new DiscardLog());
    }
    discardLog
        .get()
        .admit(reason, nowNanos)
        .ifPresent(
            suppressed -> {
              if (router.budget().line(nowNanos)) {
                log(checks.explain(reason, datagram, packet), sources.of(datagram), suppressed);
              }
            });
  }

  /** Whoever sums otherwise than we do is believed, and told of once. */
  private void noteChecksum(InetAddress source, long nowNanos) {
    ChecksumKind kind = checks.checksumKind();
    boolean wasOld = checksums.isOld(source);
    if (!checksums.note(source, kind, checks.ownKind())) {
      return;
    }
    if (router.budget().line(nowNanos)) {
      log(
          kind == ChecksumKind.OLD_UNICAST
              ? "Setting unicast VRRPv3 checksum to old version"
              : "VRRPv3 checksum is made " + kind.words() + " there, and believed",
          source,
          0);
    }
    if (wasOld != checksums.isOld(source)) {
      sumsOtherwise.run();
    }
  }

  /** Who makes checksums otherwise than we do. */
  PeerChecksums checksums() {
    return checksums;
  }

  /** Tells of what the packet says otherwise than we are configured; it is believed. */
  private void compare(AdvertisementView packet, InetAddress source, long nowNanos) {
    Optional<Discrepancy> list = checks.compareAddresses(packet, router.isKnownMaster(source));
    if (list.isPresent()) {
      router.statistics().countDifferentList();
      if (discrepancyLog.admit(list.get(), source, packet.addressCount(), nowNanos)
          && router.budget().line(nowNanos)) {
        log(checks.explain(list.get(), packet), source, 0);
      }
    }
    if (checks.hasOtherInterval(packet)) {
      int interval = (int) (checks.intervalNanos(packet) / 1_000_000L);
      if (discrepancyLog.admit(Discrepancy.INTERVAL, source, interval, nowNanos)
          && router.budget().line(nowNanos)) {
        log(checks.explain(Discrepancy.INTERVAL, packet), source, 0);
      }
    }
  }

  private void log(String line, InetAddress source, long suppressed) {
    effects.log(
        Level.INFO,
        line
            + " (from "
            + NumericAddress.of(source)
            + (suppressed == 0 ? ")" : ", " + suppressed + " more since the last such line)"));
  }
}
