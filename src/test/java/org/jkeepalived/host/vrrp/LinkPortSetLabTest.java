package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EpollWait;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.status.Traffic;
import org.jkeepalived.vrrp.Admission;
import org.jkeepalived.vrrp.LinkPorts.Demand;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ports on real links; what is done in the background is done when the test says so. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkPortSetLabTest {

  private static final InetAddress GROUP = TestInstance.address("224.0.0.18");

  /** The same as /proc/net/igmp has it. */
  private static final String GROUP_IN_PROC = "120000E0";

  private static final Set<String> NOTHING_OPEN = Set.of("sockets 0");

  private static final InetAddress OTHER_GROUP = TestInstance.address("224.0.0.99");
  private static final String OTHER_GROUP_IN_PROC = "630000E0";

  /** Nobody can join that. */
  private static final InetAddress NO_GROUP = TestInstance.address("10.0.0.1");

  private static final byte[] FRAME =
      new SentFrames(
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

    Stage(int index) throws Exception {
      this(index, LinkPortSet.KERNEL);
    }

    Stage(int index, LinkPortSet.Opener opener) throws Exception {
      loop = new EventLoop(new EpollWait());
      ports = new LinkPortSet(loop, background::add, opener);
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

            @Override
            public void portLacks(int linkIndex) {
              told.add("lacks");
            }
          });
    }

    /** Does everything that waits in the background, and what comes of it. */
    void settle() throws Exception {
      while (!background.isEmpty()) {
        background.remove().run();
        loop.execute(() -> {});
        loop.turn();
      }
    }

    boolean sends() {
      return ports.send(link.index(), FRAME, FRAME.length);
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
    play(LinkPortSet.KERNEL, play);
  }

  private static void play(LinkPortSet.Opener opener, Play play) throws Exception {
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
            Stage stage = new Stage(index, opener);
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
          assertFalse(stage.sends());
          stage.settle();
          assertEquals(List.of("opened"), stage.told);
          assertTrue(stage.sends());
          stage.hears();
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
          assertTrue(stage.sends());
          stage.ports.open(stage.link, demand(9, GROUP));
          assertTrue(stage.background.isEmpty());
          // both ports' together; what both have heard is counted twice
          Traffic both = stage.ports.traffic().get(stage.link.index());
          assertEquals(stage.heard, both.received());
          assertEquals(new Traffic(stage.heard, 0, 1, 0), both);
          stage.ports.clearTraffic();
          assertEquals(Map.of(stage.link.index(), Traffic.NONE), stage.ports.traffic());
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
            assertEquals(routers + 1, stage.told.size(), stage.told::toString);
            assertEquals("lacks", stage.told.get(routers));
            stage.hears();
            assertTrue(stage.sends());
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
          assertTrue(stage.sends());
          stage.hears();
        });
  }

  @Test
  void groupsThatNobodyDemandsAnyMoreAreLeft() throws Exception {
    play(
        stage -> {
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.settle();
          Set<String> both = Set.of("sockets 1", "members of the other 1", "members 1");
          Set<String> other = Set.of("sockets 1", "members of the other 1");
          awaitKernel(both);
          stage.ports.open(stage.link, demand(1, OTHER_GROUP));
          stage.settle();
          awaitKernel(other);
          stage.hears();
          // one that is asked for and dropped before it is there
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.ports.open(stage.link, demand(1, OTHER_GROUP));
          stage.settle();
          awaitKernel(other);
          // and one that is wanted again after all
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.ports.open(stage.link, demand(1, OTHER_GROUP));
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.settle();
          awaitKernel(both);
          assertEquals(List.of("opened"), stage.told);
        });
  }

  @Test
  void preparedPortIsTakenByWhoeverAsksFirst() throws Exception {
    play(
        stage -> {
          stage.ports.prepare(Map.of("a0", demand(1, GROUP), "missing0", demand(1, GROUP)));
          stage.settle();
          assertEquals(List.of(), stage.told);
          awaitKernel(Set.of("sockets 1"));
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals(List.of("opened"), stage.told);
          awaitKernel(Set.of("sockets 1", "members 1"));
          stage.hears();
          assertTrue(stage.sends());
          stage.ports.close(stage.link.index());
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          stage.hears();
        });
  }

  @Test
  void preparedPortThatNobodyAsksForIsClosed() throws Exception {
    play(
        stage -> {
          stage.ports.prepare(Map.of("a0", demand(1, GROUP)));
          stage.settle();
          awaitKernel(Set.of("sockets 1"));
          stage.ports.open(stage.link, demand(9, GROUP)); // another one
          stage.settle();
          stage.ports.closeUnused();
          stage.settle();
          awaitKernel(Set.of("sockets 1", "members 1"));
          stage.hears();
        });
  }

  @Test
  void portOfAnotherLinkThatHadTheNameIsRefused() throws Exception {
    play(
        stage -> {
          stage.ports.prepare(Map.of("a0", demand(1, GROUP)));
          stage.settle();
          stage.ports.open(link(stage.link.index() + 100, "a0"), demand(1, GROUP));
          stage.settle();
          assertEquals(List.of("failed: open a0: No such device"), stage.told);
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals("opened", stage.told.get(1));
        });
  }

  @Test
  void portIsOpeningUntilItAnswers() throws Exception {
    play(
        stage -> {
          assertFalse(stage.ports.isOpening(stage.link.index()), "nobody asked");
          stage.ports.open(stage.link, demand(1, GROUP));
          assertTrue(stage.ports.isOpening(stage.link.index()));
          stage.settle();
          assertFalse(stage.ports.isOpening(stage.link.index()), "it is open");
          stage.ports.close(stage.link.index());
          stage.ports.open(stage.link, demand(1, NO_GROUP));
          assertTrue(stage.ports.isOpening(stage.link.index()));
          stage.settle();
          assertFalse(stage.ports.isOpening(stage.link.index()), "it failed");
        });
  }

  // ---- what nobody thought of ----

  /** The kernel, but for what is to be thrown instead of an answer. */
  private static final class Throwing implements LinkPortSet.Opener {
    private Optional<Throwable> instead = Optional.empty();

    @Override
    public LinkPort port(String link, CaptureFilter filter, int ringBytes, int snapshotBytes)
        throws SystemCallException {
      LinkPort port = LinkPortSet.KERNEL.port(link, filter, ringBytes, snapshotBytes);
      try {
        throwInstead();
      } catch (RuntimeException | Error e) {
        port.close();
        throw e;
      }
      return port;
    }

    @Override
    public GroupMembership membership(int linkIndex, InetAddress group) throws SystemCallException {
      if (group.equals(OTHER_GROUP)) {
        throwInstead();
      }
      return LinkPortSet.KERNEL.membership(linkIndex, group);
    }

    private void throwInstead() {
      if (instead.isPresent()) {
        if (instead.get() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) instead.get();
      }
    }
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("for the test"),
        new StackOverflowError("for the test"),
        new AssertionError("for the test"),
        new UnsatisfiedLinkError("for the test"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void whateverIsThrownWhileAPortIsOpenedIsAnAnswer(Throwable thrown) throws Exception {
    Throwing opener = new Throwing();
    play(
        opener,
        stage -> {
          opener.instead = Optional.of(thrown);
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals(List.of("failed: open a0: " + thrown), stage.told);
          awaitNothingOpen();
          opener.instead = Optional.empty();
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          assertEquals("opened", stage.told.get(1));
        });
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void whateverIsThrownWhileAGroupIsJoinedIsAnAnswer(Throwable thrown) throws Exception {
    Throwing opener = new Throwing();
    play(
        opener,
        stage -> {
          opener.instead = Optional.of(thrown);
          // with the port: the group before it must be left again
          stage.ports.open(stage.link, demand(1, OTHER_GROUP));
          stage.settle();
          assertEquals(1, stage.told.size());
          awaitNothingOpen();
          // later: the port is not given up for it, and it is asked for again
          opener.instead = Optional.empty();
          stage.ports.open(stage.link, demand(1, GROUP));
          stage.settle();
          opener.instead = Optional.of(thrown);
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.settle();
          stage.hears();
          opener.instead = Optional.empty();
          stage.ports.open(stage.link, demand(1, GROUP, OTHER_GROUP));
          stage.settle();
          assertTrue(kernelState().contains("members of the other 1"), kernelState().toString());
        });
  }

  private static Demand demand(int routers, InetAddress... groups) {
    return new Demand(Set.of(groups), routers, 40, Admission.ALL);
  }

  private static void awaitNothingOpen() throws IOException, InterruptedException {
    awaitKernel(NOTHING_OPEN);
  }

  /**
   * The kernel takes a closed socket out of its list a moment later; and a process that a test
   * beside this one starts has the socket, too, until it runs its program.
   */
  private static void awaitKernel(Set<String> state) throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!Set.copyOf(kernelState()).equals(state)) {
      assertTrue(System.nanoTime() - deadlineNanos < 0, "still: " + kernelState());
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
      } else if (words[0].equals(OTHER_GROUP_IN_PROC)) {
        state.add("members of the other " + words[1]);
      }
    }
    return state;
  }

  private static LinkState link(int index, String name) {
    return new LinkState(
        index,
        name,
        new byte[6],
        TestLinks.UP,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
