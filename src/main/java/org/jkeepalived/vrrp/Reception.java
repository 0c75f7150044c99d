package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Optional;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.ReceiveChecks;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/**
 * What becomes of the packets that are sent to one virtual router: the receive checks discard them,
 * or its state machine hears of them. Says what is wrong with them, but not with each of a flood.
 */
final class Reception {

  private final VirtualRouter router;
  private final Effects effects;
  private final SourceMemory sources = new SourceMemory();
  private final DiscrepancyLog discrepancyLog = new DiscrepancyLog();
  private ReceiveChecks checks;

  /** Few virtual routers ever discard a packet. */
  private Optional<DiscardLog> discardLog = Optional.empty();

  Reception(VirtualRouter router, Effects effects) {
    this.router = router;
    this.effects = effects;
    this.checks = new ReceiveChecks(router.instance());
  }

  void reconfigure(VrrpInstance changed) {
    checks = new ReceiveChecks(changed);
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
    compare(packet, source, nowNanos);
    router.receive(
        new ReceivedAdvertisement(source, packet.priority(), checks.intervalNanos(packet)),
        nowNanos);
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
            suppressed ->
                log(checks.explain(reason, datagram, packet), sources.of(datagram), suppressed));
  }

  /** Tells of what the packet says otherwise than we are configured; it is believed. */
  private void compare(AdvertisementView packet, InetAddress source, long nowNanos) {
    Optional<Discrepancy> list = checks.compareAddresses(packet, router.isKnownMaster(source));
    if (list.isPresent()) {
      router.statistics().countDifferentList();
      if (discrepancyLog.admit(list.get(), source, packet.addressCount(), nowNanos)) {
        log(checks.explain(list.get(), packet), source, 0);
      }
    }
    if (checks.hasOtherInterval(packet)) {
      int interval = (int) (checks.intervalNanos(packet) / 1_000_000L);
      if (discrepancyLog.admit(Discrepancy.INTERVAL, source, interval, nowNanos)) {
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
