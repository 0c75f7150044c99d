package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EpollWait;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.vrrp.LinkPorts.Demand;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.packet.AdvertisementFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports on real links; what is done in the background is done when the test says so. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkPortSetLabTest {

  private static final InetAddress GROUP = TestInstance.address("224.0.0.18");

  /** The same as /proc/net/igmp has it. */
  private static final String GROUP_IN_PROC = "120000E0";

  private static final List<String> NOTHING_OPEN = List.of("sockets 0");

  /** Nobody can join that. */
  private static final InetAddress NO_GROUP = TestInstance.address("10.0.0.1");

  private static final byte[] FRAME =
      new AdvertisementFrame(
              TestInstance.of(), new byte[] {2, 0, 0, 0, 0, 9}, TestInstance.address("192.0.2.9"))
          .next(100);

  /** One end of a pair of links is the set's, the other the test's. */
  private static final class Stage {
    final List<String> told = new ArrayList<>();
    final Queue<Runnable> background = new ArrayDeque<>();
    final EventLoop loop;
    final LinkPortSet ports;
    final LinkState link;
    int heard;
    boolean failing;

    Stage(int index) throws Exception {
      loop = new EventLoop(new EpollWait());
      ports = new LinkPortSet(loop, background::add, this::open);
      link = link(index, "a0");
      ports.listener(
          new LinkPortSet.Listener() {
            @Override
            public void received(int linkIndex, byte[] frame, int ipAt, int end) {
              heard++;
            }

            @Override
            public void portOpened(int linkIndex) {
              told.add("opened");
            }

            @Override
            public void portFailed(int linkIndex, String reason) {
              told.add("failed: " + reason);
            }
          });
    }

    private LinkPort open(String name, int ringBytes, int snapshotBytes)
        throws SystemCallException {
      if (failing) {
        throw new StackOverflowError("for the test");
      }
      return LinkPort.open(name, LinkPort.ADVERTISEMENTS, ringBytes, snapshotBytes);
    }

    /** Does everything that waits in the background, and what comes of it. */
    void settle() throws Exception {
      while (!background.isEmpty()) {
        try {
          background.remove().run();
        } catch (RuntimeException thrown) {
          // the root of the thread logs it; what matters is what the set makes of it
        }
        settleOnce();
      }
    }

    void settleOnce() throws Exception {
      loop.execute(() -> {});
      loop.turn();
    }

    void hears() throws Exception {
      int before = heard;
      try (LinkPort other = LinkPort.open("b0", LinkPort.ADVERTISEMENTS, 65_536)) {
        assertTrue(other.send(FRAME, FRAME.length));
        while (heard == before) {
          loop.turn();
        }
      }
    }
  }

  @FunctionalInterface
  private interface Play {
    void on(Stage stage) throws Exception;
  }

  private static void play(Play play) throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int index = Integer.parseInt(space.ip("-o", "link", "show", "dev", "a0").split(":")[0]);
      space.call(
          () -> {
            // shows that an open port is seen here
            Stage other = new Stage(index);
            other.ports.open(other.link, demand(1, GROUP));
            other.settle();
            other.hears();
            List<String> open = kernelState();
            assertEquals(2, open.size(), open::toString);
            other.ports.closeAll();
            other.settle();
            awaitNothingOpen();
            Stage stage = new Stage(index);
            play.on(stage);
            stage.ports.closeAll();
            stage.settle();
            awaitNothingOpen();
            return null;
          });
    }
  }

  @Test
  void openPortHearsAndSends() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP));
          assertFalse(stage.ports.send(stage.link.index(), FRAME));
          stage.settle();
          assertEquals(List.of("opened"), stage.told);
          assertTrue(stage.ports.send(stage.link.index(), FRAME));
          stage.hears();
        });
  }

  /** An error, not only an exception, on the thread {@code links}: the link is not waited for. */
  @Test
  void openingThatFailsWhollyIsAnsweredAndTriedAgain() throws Exception {
    play(
        stage -> {
          stage.failing = true;
          stage.ports.open(stage.link, demand(1, GROUP));
          assertThrows(StackOverflowError.class, stage.background.remove()::run);
          stage.settleOnce();
          assertEquals(
              List.of("failed: open a0: java.lang.StackOverflowError: for the test"), stage.told);
          stage.failing = false;
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals("opened", stage.told.get(1));
        });
  }

  @Test
  void higherDemandIsMetByAnotherPortAndNothingIsMissedMeanwhile() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          stage.ports.open(stage.link, demand(9, GROUP));
          stage.hears();
          stage.settle();
          assertEquals(List.of("opened", "opened"), stage.told);
          stage.hears();
          assertTrue(stage.ports.send(stage.link.index(), FRAME));
          stage.ports.open(stage.link, demand(9, GROUP));
          assertTrue(stage.background.isEmpty());
        });
  }

  @Test
  void groupThatCannotBeJoinedFailsThePortAndLeavesNothingOpen() throws Exception {
    play(
        stage -> {
          for (int attempt = 1; attempt <= 3; attempt++) {
            stage.ports.open(stage.link, demand(1, GROUP, NO_GROUP));
            stage.settle();
            assertEquals(attempt, stage.told.size());
            assertTrue(stage.told.get(0).startsWith("failed: "), stage.told::toString);
          }
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals("opened", stage.told.get(3));
        });
  }

  @Test
  void openPortIsNotGivenUpForAFurtherGroup() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          for (int routers = 1; routers <= 2; routers++) {
            stage.ports.open(stage.link, demand(routers, GROUP, NO_GROUP));
            stage.settle();
            assertEquals(List.of("opened"), stage.told);
            stage.hears();
            assertTrue(stage.ports.send(stage.link.index(), FRAME));
          }
          // and it is asked for again
          stage.ports.open(stage.link, demand(2, GROUP, NO_GROUP));
          assertFalse(stage.background.isEmpty());
          stage.settle();
        });
  }

  @Test
  void portThatComesAfterItIsNotWantedAnyMoreIsClosed() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.ports.close(stage.link.index());
          stage.settle();
          assertEquals(List.of(), stage.told);
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals(List.of("opened"), stage.told);
        });
  }

  @Test
  void portThatComesAfterAFailureDoesNotStayHalf() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP, NO_GROUP));
          stage.ports.open(stage.link, demand(5, GROUP, NO_GROUP));
          stage.settle();
          assertEquals(1, stage.told.size());
          assertTrue(stage.told.get(0).startsWith("failed: "), stage.told::toString);
          stage.ports.open(stage.link, demand(5, GROUP));
          stage.settle();
          assertEquals("opened", stage.told.get(1));
          assertTrue(stage.ports.send(stage.link.index(), FRAME));
          stage.hears();
        });
  }

  private static Demand demand(int routers, InetAddress... groups) {
    return new Demand(Set.of(groups), routers, 40);
  }

  /** The kernel takes a closed socket out of its list a moment later. */
  private static void awaitNothingOpen() throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!kernelState().equals(NOTHING_OPEN)) {
      assertTrue(System.nanoTime() - deadlineNanos < 0, "still open: " + kernelState());
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /**
   * The capturing sockets and group memberships of the calling thread's namespace, which is this
   * test's alone: the process's descriptors would count those of tests that run beside it.
   */
  private static List<String> kernelState() throws IOException {
    List<String> state = new ArrayList<>();
    int heading = 1;
    int sockets = Files.readAllLines(Path.of("/proc/thread-self/net/packet")).size() - heading;
    state.add("sockets " + sockets);
    for (String line : Files.readAllLines(Path.of("/proc/thread-self/net/igmp"))) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals(GROUP_IN_PROC)) {
        state.add("members " + words[1]);
      }
    }
    return state;
  }

  private static LinkState link(int index, String name) {
    return new LinkState(
        index,
        name,
        new byte[6],
        true,
        true,
        true,
        true,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
