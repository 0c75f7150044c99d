package org.jkeepalived.linux.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two machines with a cable, 10.9.0.1 and fd00:9::1 on {@code a0}, 10.9.0.2 and fd00:9::2 on {@code
 * b0}.
 */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnicastSocketLabTest {

  private static final int VRRP = 112;
  private static final int OTHER = 113;
  private static final int HOP_LIMIT_AT = 8;

  @FunctionalInterface
  private interface Play {
    void between(Machine one, Machine other) throws Exception;
  }

  @FunctionalInterface
  private interface Opener {
    UnicastSocket open(int protocol) throws SystemCallException;
  }

  private static void play(Play play) throws Exception {
    play(UnicastSocket::open, play);
  }

  private static void play(Opener opener, Play play) throws Exception {
    try (LabNamespace a = new LabNamespace();
        LabNamespace b = new LabNamespace()) {
      a.vethPair("a0", b, "b0");
      a.ip("address", "add", "10.9.0.1/24", "dev", "a0");
      b.ip("address", "add", "10.9.0.2/24", "dev", "b0");
      a.ip("address", "add", "fd00:9::1/64", "dev", "a0", "nodad");
      b.ip("address", "add", "fd00:9::2/64", "dev", "b0", "nodad");
      try (Machine one = new Machine(a, opener);
          Machine other = new Machine(b, opener)) {
        play.between(one, other);
      }
    }
  }

  /** A namespace and a socket in it: a socket stays where it was opened. */
  private static final class Machine implements AutoCloseable {
    private final LabNamespace space;
    private final UnicastSocket socket;
    private final Poller poller;

    /** The link that each came through, and what it says. */
    private final List<String> heard = new ArrayList<>();

    private byte[] last = new byte[0];

    Machine(LabNamespace space, Opener opener) throws Exception {
      this.space = space;
      socket = space.call(() -> opener.open(VRRP));
      poller = new Poller();
      poller.add(socket.fd(), () -> socket.drain(this::take, 16));
    }

    private void take(int link, byte[] packet, int length) {
      heard.add(link + " " + packet[length - 1]);
      last = Arrays.copyOf(packet, length);
    }

    int link(String name) throws Exception {
      return Integer.parseInt(space.exec("cat", "/sys/class/net/" + name + "/ifindex").strip());
    }

    int send(int link, byte[] packet) {
      return socket.send(link, packet, packet.length);
    }

    /** Waits until a number of packets have come. */
    List<String> awaitHeard(int count) throws Exception {
      long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (heard.size() < count) {
        assertTrue(System.nanoTime() - deadlineNanos < 0, heard::toString);
        poller.poll(100_000_000L);
      }
      return List.copyOf(heard);
    }

    <T> T inside(Callable<T> body) throws Exception {
      return space.call(body);
    }

    @Override
    public void close() {
      poller.close();
      socket.close();
    }
  }

  /** One that says {@code number}, as the sender's transport writes it: without checksums. */
  private static byte[] packet(String source, String destination, int number) throws Exception {
    byte[] packet = HexFormat.of().parseHex("45c00015000700000770000000000000" + "0000000000");
    System.arraycopy(InetAddress.getByName(source).getAddress(), 0, packet, 12, 4);
    System.arraycopy(InetAddress.getByName(destination).getAddress(), 0, packet, 16, 4);
    packet[20] = (byte) number;
    return packet;
  }

  @Test
  void wholePacketArrivesWithTheLinkThatItCameThrough() throws Exception {
    play(
        (one, other) -> {
          assertEquals(0, one.send(one.link("a0"), packet("10.9.0.1", "10.9.0.2", 1)));
          assertEquals(List.of(other.link("b0") + " 1"), other.awaitHeard(1));
          assertEquals(7, other.last[HOP_LIMIT_AT]);
          assertEquals((byte) 0xc0, other.last[1]);
          assertEquals("10.9.0.1", source(other.last));
          assertEquals(0, other.send(other.link("b0"), packet("10.9.0.2", "10.9.0.1", 2)));
          assertEquals(List.of(one.link("a0") + " 2"), one.awaitHeard(1));
        });
  }

  private static String source(byte[] packet) throws Exception {
    return InetAddress.getByAddress(Arrays.copyOfRange(packet, 12, 16)).getHostAddress();
  }

  /** The same of IPv6, from and for {@code fd00:9::N}, or the group of VRRP for 0. */
  private static byte[] packet6(int source, int destination, int number) throws Exception {
    byte[] packet = Arrays.copyOf(HexFormat.of().parseHex("6c000000" + "00017007"), 41);
    String to = destination == 0 ? "ff02::12" : "fd00:9::" + destination;
    System.arraycopy(
        InetAddress.getByName("fd00:9::" + Integer.toHexString(source)).getAddress(),
        0,
        packet,
        8,
        16);
    System.arraycopy(InetAddress.getByName(to).getAddress(), 0, packet, 24, 16);
    packet[40] = (byte) number;
    return packet;
  }

  /** The kernel keeps the header, of which all but the traffic class is put together again. */
  @Test
  void packetOfIpv6ArrivesWithItsHeader() throws Exception {
    play(
        UnicastSocket::open6,
        (one, other) -> {
          byte[] sent = packet6(1, 2, 1);
          assertEquals(0, one.send(one.link("a0"), sent));
          assertEquals(List.of(other.link("b0") + " 1"), other.awaitHeard(1));
          sent[0] = 0x60;
          assertArrayEquals(sent, other.last);
          assertEquals(0, other.send(other.link("b0"), packet6(2, 1, 2)));
          assertEquals(List.of(one.link("a0") + " 2"), one.awaitHeard(1));
          assertThrows(IllegalArgumentException.class, () -> one.socket.send(1, new byte[40], 39));
        });
  }

  @Test
  void multicastOfIpv6IsLeftToOthers() throws Exception {
    play(
        UnicastSocket::open6,
        (one, other) -> {
          InetAddress group = InetAddress.getByName("ff02::12");
          int link = other.link("b0");
          GroupMembership membership = other.inside(() -> GroupMembership.join(link, group));
          LinkPort port =
              other.inside(() -> LinkPort.open("b0", LinkPort.ADVERTISEMENTS_6, 64 * 1024));
          List<Integer> captured = new ArrayList<>();
          assertEquals(0, one.send(one.link("a0"), packet6(1, 0, 1)));
          assertEquals(0, one.send(one.link("a0"), packet6(1, 2, 2)));
          assertEquals(List.of(link + " 2"), other.awaitHeard(1));
          assertEquals(1, other.socket.received());
          while (captured.isEmpty()) {
            port.drain((frame, length) -> captured.add((int) frame[14 + 40]), 16);
          }
          assertEquals(1, captured.get(0), "the machine has heard it");
          port.close();
          membership.close();
        });
  }

  /** Sent and received on one thread, as the daemon does: a packet leaves nothing to collect. */
  @Test
  void packetsAllocateNothing() throws Exception {
    allocateNothing(UnicastSocket::open, packet("10.9.0.1", "10.9.0.2", 1));
    allocateNothing(UnicastSocket::open6, packet6(1, 2, 1));
  }

  private static void allocateNothing(Opener opener, byte[] packet) throws Exception {
    play(
        opener,
        (one, other) -> {
          int link = one.link("a0");
          PacketHandler handler = (from, bytes, length) -> {};
          ThreadMXBean thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
          int packets = 2_000;
          long before = 0;
          for (int i = 0; i < 2 * packets; i++) {
            if (i == packets) {
              before = thread.getCurrentThreadAllocatedBytes();
            }
            assertEquals(0, one.socket.send(link, packet, packet.length));
            other.socket.drain(handler, 16);
          }
          long bytes = thread.getCurrentThreadAllocatedBytes() - before;
          other.socket.drain(handler, 2 * packets);
          assertEquals(2L * packets, other.socket.received(), "the way is open");
          assertTrue(bytes < packets, () -> bytes + " bytes for " + packets + " packets");
        });
  }

  /** The route says another link: what is sent leaves where it is told to. */
  @Test
  void linkIsTheSendersChoice() throws Exception {
    play(
        (one, other) -> {
          one.space.vethPair("a1", other.space, "b1");
          one.space.ip("address", "add", "10.9.1.1/24", "dev", "a1");
          other.space.ip("address", "add", "10.9.1.2/24", "dev", "b1");
          one.send(one.link("a1"), packet("10.9.1.1", "10.9.1.2", 1));
          other.awaitHeard(1);
          one.send(one.link("a0"), packet("10.9.0.1", "10.9.1.2", 2));
          assertEquals(
              List.of(other.link("b1") + " 1", other.link("b0") + " 2"), other.awaitHeard(2));
        });
  }

  /** Groups are joined by the same process: all that is for them would come here once more. */
  @Test
  void multicastIsLeftToOthers() throws Exception {
    play(
        (one, other) -> {
          InetAddress group = InetAddress.getByName("224.0.0.18");
          int link = other.link("b0");
          GroupMembership membership = other.inside(() -> GroupMembership.join(link, group));
          LinkPort port =
              other.inside(() -> LinkPort.open("b0", LinkPort.ADVERTISEMENTS, 64 * 1024));
          List<Integer> captured = new ArrayList<>();
          one.send(one.link("a0"), packet("10.9.0.1", "224.0.0.18", 1));
          one.send(one.link("a0"), packet("10.9.0.1", "10.9.0.2", 2));
          assertEquals(List.of(link + " 2"), other.awaitHeard(1));
          while (captured.isEmpty()) {
            port.drain((frame, length) -> captured.add((int) frame[14 + 20]), 16);
          }
          assertEquals(1, captured.get(0), "the machine has heard it");
          port.close();
          membership.close();
        });
  }

  @Test
  void otherProtocolsAreNotHeard() throws Exception {
    play(
        (one, other) -> {
          byte[] foreign = packet("10.9.0.1", "10.9.0.2", 1);
          foreign[9] = OTHER;
          one.send(one.link("a0"), foreign);
          one.send(one.link("a0"), packet("10.9.0.1", "10.9.0.2", 2));
          assertEquals(List.of(other.link("b0") + " 2"), other.awaitHeard(1));
        });
  }

  /** What the socket does not want to hear is not counted as lost; what finds no room is. */
  @Test
  void whatFindsNoRoomIsCounted() throws Exception {
    play(
        (one, other) -> {
          int link = one.link("a0");
          InetAddress group = InetAddress.getByName("224.0.0.18");
          int heardOn = other.link("b0");
          GroupMembership membership = other.inside(() -> GroupMembership.join(heardOn, group));
          one.send(link, packet("10.9.0.1", "224.0.0.18", 1));
          one.send(link, packet("10.9.0.1", "10.9.0.2", 2));
          other.awaitHeard(1);
          assertEquals(0, other.socket.dropped());
          assertEquals(1, other.socket.received());
          assertEquals(2, one.socket.sent());
          membership.close();

          long sent = 0;
          while (other.socket.dropped() == 0) {
            assertEquals(0, one.send(link, packet("10.9.0.1", "10.9.0.2", 3)));
            sent++;
          }
          int read = other.socket.drain((from, bytes, length) -> {}, Integer.MAX_VALUE);
          assertEquals(sent, read + other.socket.dropped());

          other.socket.clearCounts();
          assertEquals(0, other.socket.received() + other.socket.dropped());
          one.send(link + 100, packet("10.9.0.1", "10.9.0.2", 1));
          assertEquals(1, one.socket.sendFailures());
        });
  }

  /** What is for a dead neighbour waits for it; the others do not wait with it. */
  @Test
  void deadNeighbourKeepsNobodyWaiting() throws Exception {
    play(
        (one, other) -> {
          int link = one.link("a0");
          for (int i = 0; i < 2_000; i++) {
            assertEquals(0, one.send(link, packet("10.9.0.1", "10.9.0." + (100 + i % 100), 1)));
          }
          assertEquals(0, one.send(link, packet("10.9.0.1", "10.9.0.2", 2)));
          assertEquals(List.of(other.link("b0") + " 2"), other.awaitHeard(1));
        });
  }

  @Test
  void whatTheKernelRefusesIsANumber() throws Exception {
    play(
        (one, other) -> {
          int link = one.link("a0");
          assertEquals(0, one.send(link, packet("10.9.0.1", "10.9.0.2", 1)));
          assertEquals(Errno.ENODEV, one.send(link + 100, packet("10.9.0.1", "10.9.0.2", 1)));
          one.space.ip("link", "set", "a0", "down");
          assertTrue(one.send(link, packet("10.9.0.1", "10.9.0.2", 1)) > 0);
          assertThrows(
              IllegalArgumentException.class, () -> one.socket.send(link, new byte[20], 19));
          assertThrows(
              IllegalArgumentException.class, () -> one.socket.send(link, new byte[3000], 2049));
          one.poller.remove(one.socket.fd());
          one.socket.close();
          assertEquals(Errno.ENETDOWN, one.send(link, packet("10.9.0.1", "10.9.0.2", 1)));
          assertEquals(0, one.socket.drain((l, p, n) -> {}, 16));
        });
  }

  /** {@code source} says {@code value}, then {@code number}, to the other machine. */
  private static void say(Machine one, int link, boolean ipv6, int source, int value, int number)
      throws Exception {
    byte[] head = ipv6 ? packet6(source, 2, value) : packet("10.9.0." + source, "10.9.0.2", value);
    byte[] packet = Arrays.copyOf(head, head.length + 1);
    packet[head.length] = (byte) number;
    if (ipv6) {
      packet[5] = 2;
    } else {
      packet[3] = 22;
    }
    assertEquals(0, one.send(link, packet));
  }

  private static SenderRules from(String source, int bits) throws Exception {
    SenderRules.Prefix prefix = new SenderRules.Prefix(InetAddress.getByName(source), bits);
    return new SenderRules(0, List.of(new SenderRules.Rule(List.of(51, 52), List.of(prefix))));
  }

  /** What is refused is counted, also beyond what finds room; another list takes its place. */
  @Test
  void whoIsNotAdmittedIsCountedInTheKernel() throws Exception {
    admit(UnicastSocket::open, false, from("10.9.0.1", 32), from("10.9.0.128", 25));
    admit(UnicastSocket::open6, true, from("fd00:9::1", 128), from("fd00:9::100", 120));
  }

  private static void admit(Opener opener, boolean ipv6, SenderRules first, SenderRules second)
      throws Exception {
    int stranger = ipv6 ? 0x107 : 207;
    play(
        opener,
        (one, other) -> {
          int from = one.link("a0");
          String link = other.link("b0") + " ";
          UnicastSocket socket = other.socket;
          one.space.ip("address", "add", "10.9.0.207/24", "dev", "a0");
          one.space.ip("address", "add", "fd00:9::107/64", "dev", "a0", "nodad");
          say(one, from, ipv6, stranger, 51, 1);
          assertEquals(List.of(link + 1), other.awaitHeard(1), "nobody is refused yet");
          assertEquals(0, socket.refused());

          admitInside(other, first);
          say(one, from, ipv6, 1, 51, 2);
          other.awaitHeard(2);
          assertEquals(0, socket.refused());
          for (int i = 0; i < 100; i++) {
            say(one, from, ipv6, stranger, 52, 3);
          }
          say(one, from, ipv6, stranger, 53, 4);
          assertEquals(List.of(link + 1, link + 2, link + 4), other.awaitHeard(3));
          assertEquals(100, socket.refused());
          assertEquals(0, socket.dropped());

          admitInside(other, second);
          say(one, from, ipv6, 1, 51, 5);
          say(one, from, ipv6, stranger, 51, 6);
          assertEquals(link + 6, other.awaitHeard(4).get(3));
          assertEquals(101, socket.refused());

          admitInside(other, SenderRules.NONE);
          say(one, from, ipv6, 1, 51, 7);
          assertEquals(link + 7, other.awaitHeard(5).get(4));
          assertEquals(101, socket.refused());
          socket.clearCounts();
          assertEquals(0, socket.refused());
        });
  }

  private static void admitInside(Machine machine, SenderRules rules) throws Exception {
    machine.inside(
        () -> {
          machine.socket.admit(rules);
          return rules;
        });
  }
}
