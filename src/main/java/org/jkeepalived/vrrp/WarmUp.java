package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.jkeepalived.vrrp.transport.EthernetHeader;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/**
 * Plays failovers against nothing, so that the first real one finds its classes loaded and its code
 * compiled: a failover is the one thing that must not be slow the first time.
 */
public final class WarmUp implements NanoClock {

  /** The name of the link that it is played on. */
  public static final String LINK = "warm-up";

  private static final int FAILOVERS = 300;
  private static final int PACKETS_EACH = 12;
  private static final int ROOM_BYTES = 128;

  private final TimerQueue timers = new TimerQueue();
  private final Links links = new Links(new NobodyListens());
  private long nowNanos;

  /** What it is played against: the real rooms, with nothing behind them. */
  public interface Stage {
    AddressBook addresses();

    Announcer announcer();

    DatagramSender datagrams();

    /** Carries out what was asked for. */
    void endOfTurn();
  }

  public TimerQueue timers() {
    return timers;
  }

  public Links links() {
    return links;
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  /**
   * Plays; takes about a tenth of a second, once.
   *
   * @return an advertisement as it would be sent, that nobody acts upon
   */
  public byte[] play(Stage stage) {
    try {
      return playAll(stage);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("addresses in numbers need no look-up", e);
    }
  }

  private byte[] playAll(Stage stage) throws UnknownHostException {
    byte[] mac = new byte[6];
    RunningRouter running =
        new RunningRouter(
            instance(100),
            new VrrpContext(
                timers,
                this,
                stage.datagrams(),
                stage.addresses(),
                stage.announcer(),
                new NobodyHears()));
    running.attach(1, mac, address(192, 0, 2, 1));
    Theirs theirs = new Theirs(mac);
    ReceivedDatagram datagram = new ReceivedDatagram();
    AdvertisementView packet = new AdvertisementView();
    running.router().start(nowNanos);
    for (int i = 0; i < FAILOVERS; i++) {
      for (int packets = 0; packets < PACKETS_EACH; packets++) {
        theirs.speak(packets == PACKETS_EACH - 1 ? 0 : 200);
        datagram.readIpv4(1, theirs.frame, EthernetHeader.BYTES, theirs.length);
        packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength());
        running.receive(datagram, packet, nowNanos);
        advance(stage, 100_000_000L);
      }
      advance(stage, 8_000_000_000L);
    }
    running.router().stop(true, nowNanos);
    stage.endOfTurn();
    theirs.speak(0);
    return Arrays.copyOf(theirs.frame, theirs.length);
  }

  /** The other node, as far as it is heard of. */
  private static final class Theirs {
    private final byte[] frame = new byte[ROOM_BYTES];
    private final AdvertisementSender sender;
    private int length;

    Theirs(byte[] mac) throws UnknownHostException {
      sender =
          new AdvertisementSender(
              instance(200), new Attachment(1, mac, address(192, 0, 2, 2)), this::take);
    }

    private boolean take(Endpoint endpoint, byte[] payload, int payloadLength) {
      length = endpoint.wrap(payload, payloadLength, frame);
      return true;
    }

    void speak(int priority) {
      sender.send(priority);
    }
  }

  private void advance(Stage stage, long nanos) {
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
            LINK,
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            true,
            OptionalLong.empty());
    return new VrrpInstance("warm-up", new VrrpInstance.Key(LINK, address(224, 0, 0, 18), 1))
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

  /** What is only played must not be told as if it were. */
  private static final class NobodyHears implements VrrpListener {
    @Override
    public void log(Effects.Level level, String line) {
      // not even in the log
    }

    @Override
    public void failed(String line, RuntimeException bug) {
      // whoever does it in earnest will say so
    }

    @Override
    public void happened(Event event) {
      // no script runs
    }
  }

  /** The links are only looked up. */
  private static final class NobodyListens implements LinkEvents {
    @Override
    public void linkChanged(LinkState link) {
      // nothing follows
    }

    @Override
    public void linkRemoved(LinkState link) {
      // nothing follows
    }

    @Override
    public void addressAdded(LinkAddress address) {
      // nothing follows
    }

    @Override
    public void addressRemoved(LinkAddress address) {
      // nothing follows
    }

    @Override
    public void resynchronised() {
      // nothing follows
    }
  }
}
