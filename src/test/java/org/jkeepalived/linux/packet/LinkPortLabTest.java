package org.jkeepalived.linux.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkPortLabTest {
  private static final int VRRP = 112;
  private static final int UDP = 17;
  private static final int SMALL_RING_BYTES = 64 * 1024;
  private static final long DEADLINE_NANOS = 10_000_000_000L;

  private static LinkPort open(String name) throws SystemCallException {
    return LinkPort.open(name, LinkPort.ADVERTISEMENTS, LinkPort.DEFAULT_RING_BYTES);
  }

  private static void pollUntil(Poller poller, List<Integer> seen, int last) throws Exception {
    long start = System.nanoTime();
    while (!seen.contains(last) && System.nanoTime() - start < DEADLINE_NANOS) {
      poller.poll(100_000_000);
    }
  }

  @Test
  void carriesFramesBothWaysAndOnlyThoseAskedFor() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            List<Integer> atA = new ArrayList<>();
            List<Integer> atB = new ArrayList<>();
            try (Poller poller = new Poller();
                LinkPort a = open("a0");
                LinkPort b = open("b0")) {
              poller.add(a.fd(), () -> a.drain((f, n) -> atA.add(TestFrames.number(f)), 16));
              poller.add(b.fd(), () -> b.drain((f, n) -> atB.add(TestFrames.number(f)), 16));
              assertTrue(a.send(TestFrames.toGroup(VRRP, 1), 60));
              assertTrue(a.send(TestFrames.toGroup(UDP, 2), 60));
              assertTrue(a.send(TestFrames.toHost(new byte[6], VRRP, 3), 60));
              assertTrue(a.send(TestFrames.toGroup(VRRP, 4), 60));
              pollUntil(poller, atB, 4);
              assertTrue(b.send(TestFrames.toGroup(VRRP, 5), 60));
              pollUntil(poller, atA, 5);
              assertEquals(List.of(1, 4), atB);
              assertEquals(List.of(5), atA);
              assertEquals(4, a.sent());
              assertEquals(2, b.received());
            }
            return null;
          });
    }
  }

  @Test
  void handsOverTheBytesAsTheyWere() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            byte[] sent = Arrays.copyOf(TestFrames.toGroup(VRRP, 7), 1514);
            Arrays.fill(sent, 38, 1514, (byte) 0xa5);
            List<byte[]> received = new ArrayList<>();
            try (Poller poller = new Poller();
                LinkPort a = open("a0");
                LinkPort b = open("b0")) {
              poller.add(b.fd(), () -> b.drain((f, n) -> received.add(Arrays.copyOf(f, n)), 16));
              assertTrue(a.send(sent, sent.length));
              long start = System.nanoTime();
              while (received.isEmpty() && System.nanoTime() - start < DEADLINE_NANOS) {
                poller.poll(100_000_000);
              }
              assertArrayEquals(sent, received.get(0));
            }
            return null;
          });
    }
  }

  @Test
  void countsWhatDidNotFitTheRing() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            List<Integer> seen = new ArrayList<>();
            try (LinkPort a = open("a0");
                LinkPort b = LinkPort.open("b0", LinkPort.ADVERTISEMENTS, SMALL_RING_BYTES)) {
              assertEquals(0, b.dropped());
              for (int i = 0; i < 500; i++) {
                a.send(TestFrames.toGroup(VRRP, i), 60);
              }
              // the kernel may still be carrying them over
              long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
              long dropped = b.dropped();
              while (dropped + seen.size() < 500 && System.nanoTime() - deadlineNanos < 0) {
                if (dropped > 0) { // else there is still room, and all of them would fit in turns
                  b.drain((f, n) -> seen.add(TestFrames.number(f)), 1_000);
                }
                dropped = b.dropped();
              }
              int read = seen.size();
              assertTrue(read > 0 && read < 500, () -> read + " read");
              assertEquals(500 - read, b.dropped());
              a.send(TestFrames.toGroup(VRRP, 501), 60);
              assertEquals(1, b.drain((f, n) -> seen.add(TestFrames.number(f)), 1_000));
              assertEquals(501, seen.get(seen.size() - 1));
              assertEquals(500 - read, b.dropped(), "those before, once");
              a.clearCounts();
              b.clearCounts();
              assertEquals(0, a.sent());
              assertEquals(0, b.received() + b.dropped());
              a.send(TestFrames.toGroup(VRRP, 502), 60);
              assertEquals(1, b.drain((f, n) -> {}, 1_000));
              assertEquals(1, a.sent());
              assertEquals(1, b.received());
            }
            return null;
          });
    }
  }

  @Test
  void countsWhatItDoesNotHandOver() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            try (LinkPort a = open("a0");
                LinkPort b =
                    LinkPort.open(
                            "b0",
                            LinkPort.ADVERTISEMENTS + " and not src host 10.9.0.2",
                            LinkPort.DEFAULT_RING_BYTES)
                        .counting(LinkPort.ADVERTISEMENTS + " and src host 10.9.0.2")) {
              assertEquals(0, b.refused());
              for (int i = 0; i < 500; i++) {
                a.send(TestFrames.toGroup(i % 2 == 0 ? VRRP : UDP, i), 60);
              }
              long start = System.nanoTime();
              while (b.refused() < 250 && System.nanoTime() - start < DEADLINE_NANOS) {
                Thread.onSpinWait();
              }
              assertEquals(250, b.refused());
              assertEquals(0, b.drain((f, n) -> {}, 1_000));
              b.clearCounts();
              assertEquals(0, b.refused());
            }
            awaitNoCapturingSocket();
            return null;
          });
    }
  }

  @Test
  void workAgainWhenTheLinkIsUpAgain() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            List<Integer> seen = new ArrayList<>();
            try (Poller poller = new Poller();
                LinkPort a = open("a0");
                LinkPort b = open("b0")) {
              poller.add(b.fd(), () -> b.drain((f, n) -> seen.add(TestFrames.number(f)), 16));
              a.send(TestFrames.toGroup(VRRP, 1), 60);
              pollUntil(poller, seen, 1);
              space.ip("link", "set", "b0", "down");
              assertEquals(1, poller.poll(DEADLINE_NANOS));
              assertFalse(b.send(TestFrames.toGroup(VRRP, 2), 60));
              assertEquals(1, b.sendFailures());
              assertTrue(b.lastSendFailure().contains("Network is down"), b.lastSendFailure());
              // it must not make the loop spin
              assertEquals(0, poller.poll(50_000_000));
              space.ip("link", "set", "b0", "up");
              long start = System.nanoTime();
              while (!seen.contains(3) && System.nanoTime() - start < DEADLINE_NANOS) {
                a.send(TestFrames.toGroup(VRRP, 3), 60);
                poller.poll(10_000_000);
              }
              assertTrue(seen.contains(3));
              assertEquals(LinkPort.PortState.CAPTURING, b.condition());
            }
            return null;
          });
    }
  }

  @Test
  void aDeletedLinkIsAValueAndDoesNotSpin() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            LinkPort b = open("b0");
            try (Poller poller = new Poller()) {
              poller.add(b.fd(), () -> b.drain((f, n) -> {}, 16));
              space.ip("link", "del", "b0");
              long start = System.nanoTime();
              while (b.condition() == LinkPort.PortState.CAPTURING
                  && System.nanoTime() - start < DEADLINE_NANOS) {
                poller.poll(100_000_000);
              }
              assertEquals(LinkPort.PortState.LOST, b.condition());
              assertFalse(b.send(TestFrames.toGroup(VRRP, 2), 60));
              assertEquals(0, poller.poll(50_000_000));
              assertEquals(0, b.drain((f, n) -> {}, 16));
            } finally {
              b.close();
            }
            assertEquals(LinkPort.PortState.CLOSED, b.condition());
            assertEquals(0, b.drain((f, n) -> {}, 16));
            assertFalse(b.send(TestFrames.toGroup(VRRP, 2), 60));
            assertEquals(0, b.dropped());
            return null;
          });
    }
  }

  @Test
  void isClosedForItsOwnerBeforeTheKernelIsDoneWithIt() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            List<Runnable> background = new ArrayList<>();
            List<Integer> seen = new ArrayList<>();
            LinkPort b = open("b0");
            try (LinkPort a = open("a0")) {
              a.send(TestFrames.toGroup(VRRP, 1), 60);
              a.send(TestFrames.toGroup(VRRP, 2), 60);
              // closed by what the first frame brings about
              int read =
                  b.drain(
                      (f, n) -> {
                        seen.add(TestFrames.number(f));
                        b.closeIn(background::add);
                      },
                      16);
              assertEquals(1, read);
              assertEquals(List.of(1), seen);
              assertEquals(0, b.drain((f, n) -> seen.add(TestFrames.number(f)), 16));
              assertFalse(b.send(TestFrames.toGroup(VRRP, 3), 60));
              background.remove(0).run();
              assertEquals(0, b.drain((f, n) -> seen.add(TestFrames.number(f)), 16));
            }
            return null;
          });
    }
  }

  @Test
  void saysWhyItCannotBeOpened() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.ip("link", "set", "b0", "down");
      space.call(
          () -> {
            SystemCallException missing = assertThrows(SystemCallException.class, () -> open("c0"));
            assertEquals(Errno.ENODEV, missing.error().errno(), missing.getMessage());
            SystemCallException down = assertThrows(SystemCallException.class, () -> open("b0"));
            assertEquals(Errno.ENETDOWN, down.error().errno(), down.getMessage());
            assertTrue(down.getMessage().startsWith("open b0: "), down.getMessage());
            return null;
          });
    }
  }

  /** Looked at in the kernel, in a namespace that nobody else has. */
  @Test
  void portThatCannotBeMadeReadyLeavesNothingOpen() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            LinkPort port = open("b0");
            assertEquals(1, capturingSockets(), "an open port is seen here");
            port.close();
            awaitNoCapturingSocket();
            SystemCallException refused =
                assertThrows(
                    SystemCallException.class,
                    () -> LinkPort.open("b0", "no such filter", SMALL_RING_BYTES));
            assertTrue(refused.getMessage().startsWith("set up b0: "), refused.getMessage());
            awaitNoCapturingSocket();
            // what nobody has thought of: libpcap's handle is there, and something throws
            assertThrows(
                NullPointerException.class, () -> LinkPort.open("b0", null, SMALL_RING_BYTES));
            awaitNoCapturingSocket();
            return null;
          });
    }
  }

  private static int capturingSockets() throws IOException {
    int heading = 1;
    return Files.readAllLines(Path.of("/proc/thread-self/net/packet")).size() - heading;
  }

  /** The kernel takes a closed socket out of its list a moment later. */
  private static void awaitNoCapturingSocket() throws Exception {
    long start = System.nanoTime();
    while (capturingSockets() > 0) {
      assertTrue(System.nanoTime() - start < DEADLINE_NANOS, "still open");
      Thread.onSpinWait();
    }
  }

  @Test
  void warmsUpOnTheLoopbackLinkIfThereIsOne() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      List<Integer> seen = new ArrayList<>();
      FrameHandler handler = (frame, length) -> seen.add(TestFrames.number(frame));
      int back = space.call(() -> LinkPort.warmUp(TestFrames.toGroup(VRRP, 1), 10, handler));
      assertEquals(10, back);
      assertEquals(10, seen.size());
      space.ip("link", "set", "lo", "down");
      assertEquals(0, space.call(() -> LinkPort.warmUp(TestFrames.toGroup(VRRP, 1), 10, handler)));
    }
  }

  @Test
  void joinsTheGroupOnTheLink() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int index = Integer.parseInt(space.exec("cat", "/sys/class/net/a0/ifindex").strip());
      InetAddress group = InetAddress.getByName("224.0.0.18");
      space.call(
          () -> {
            try (GroupMembership membership = GroupMembership.join(index, group)) {
              assertTrue(
                  space.ip("maddress", "show", "dev", "a0").contains("224.0.0.18"),
                  membership::toString);
            }
            assertFalse(space.ip("maddress", "show", "dev", "a0").contains("224.0.0.18"));
            SystemCallException missing =
                assertThrows(SystemCallException.class, () -> GroupMembership.join(9999, group));
            assertEquals(Errno.ENODEV, missing.error().errno());
            return null;
          });
    }
  }

  @Test
  void theKernelDoesNotAnswerForAClaimedProtocol() throws Exception {
    try (LabNamespace host = new LabNamespace();
        LabNamespace sender = new LabNamespace()) {
      host.vethPair("a0", sender, "b0");
      host.ip("address", "add", "10.9.0.1/24", "dev", "a0");
      host.ip("neighbour", "add", "10.9.0.2", "lladdr", "02:00:00:00:00:01", "dev", "a0");
      byte[] mac =
          HexFormat.ofDelimiter(":")
              .parseHex(host.exec("cat", "/sys/class/net/a0/address").strip());
      sender.call(
          () -> {
            List<Integer> answers = new ArrayList<>();
            try (Poller poller = new Poller();
                LinkPort b = LinkPort.open("b0", "icmp", SMALL_RING_BYTES)) {
              // the packet that was refused stands in the answer after both headers
              poller.add(
                  b.fd(),
                  () ->
                      b.drain(
                          (f, n) -> answers.add(TestFrames.number(Arrays.copyOfRange(f, 28, n))),
                          16));
              b.send(TestFrames.toHost(mac, VRRP, 1), 60);
              pollUntil(poller, answers, 1);
              assertEquals(List.of(1), answers);
              UnicastSocket claim = host.call(() -> UnicastSocket.open(VRRP));
              b.send(TestFrames.toHost(mac, VRRP, 2), 60);
              claim.close();
              // shows that what went before has been dealt with
              b.send(TestFrames.toHost(mac, 113, 3), 60);
              pollUntil(poller, answers, 3);
              assertEquals(List.of(1, 3), answers);
            }
            return null;
          });
    }
  }
}
