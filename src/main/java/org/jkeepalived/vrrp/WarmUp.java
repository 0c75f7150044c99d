package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.address.AnnouncementSender;
import org.jkeepalived.vrrp.packet.AdvertisementFrame;
import org.jkeepalived.vrrp.packet.ReceivedPacket;

/**
 * Plays failovers against nothing, so that the first real one finds its classes loaded and its code
 * compiled: a failover is the one thing that must not be slow the first time.
 */
public final class WarmUp implements NanoClock {

  private static final int FAILOVERS = 300;
  private static final int PACKETS_EACH = 12;
  private static final int ETHERNET_HEADER_BYTES = 14;

  private final TimerQueue timers = new TimerQueue();
  private long nowNanos;

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  /**
   * Plays; takes about a tenth of a second, once.
   *
   * @param announcements takes announcements as on any other day, but sends nothing
   * @return an advertisement as it would be sent, that nobody acts upon
   */
  public byte[] play(AnnouncementSender announcements) {
    try {
      return playAll(new WarmUpStage(timers, this, announcements));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("addresses in numbers need no look-up", e);
    }
  }

  private byte[] playAll(WarmUpStage stage) throws UnknownHostException {
    byte[] mac = new byte[6];
    RunningRouter running = new RunningRouter(instance(100), stage.context());
    running.attach(1, mac, address(192, 0, 2, 1));
    AdvertisementFrame theirs = new AdvertisementFrame(instance(200), mac, address(192, 0, 2, 2));
    ReceivedPacket packet = new ReceivedPacket();
    running.router().start(nowNanos);
    for (int i = 0; i < FAILOVERS; i++) {
      for (int packets = 0; packets < PACKETS_EACH; packets++) {
        byte[] frame = theirs.next(packets == PACKETS_EACH - 1 ? 0 : 200);
        packet.read(frame, ETHERNET_HEADER_BYTES, frame.length);
        running.receive(packet, nowNanos);
        advance(stage, 100_000_000L);
      }
      advance(stage, 8_000_000_000L);
    }
    running.router().stop(true, nowNanos);
    stage.endOfTurn();
    return theirs.next(0);
  }

  private void advance(WarmUpStage stage, long nanos) {
    long end = nowNanos + nanos;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
      stage.endOfTurn();
    }
    nowNanos = end;
  }

  private static VrrpInstance instance(int priority) throws UnknownHostException {
    VirtualAddress virtual =
        new VirtualAddress(
            address(192, 0, 2, 100),
            32,
            WarmUpStage.LINK,
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            true,
            OptionalLong.empty());
    return new VrrpInstance(
            "warm-up", new VrrpInstance.Key(WarmUpStage.LINK, address(224, 0, 0, 18), 1))
        .election(VrrpInstance.Election.STANDARD.priority(priority))
        .addresses(VrrpInstance.Addresses.NONE.advertised(List.of(virtual)));
  }

  private static InetAddress address(int... bytes) throws UnknownHostException {
    byte[] narrow = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      narrow[i] = (byte) bytes[i];
    }
    return InetAddress.getByAddress(narrow);
  }
}
