package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.time.Moment;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.LinkPorts;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.VrrpListener;
import org.jkeepalived.vrrp.address.Announcer;
import org.junit.jupiter.api.Test;

/** Many virtual routers are looked at a few at a time; none is left out. */
final class SnapshotInPartsTest {

  private static final Sockets NO_SOCKETS = new Sockets(Map.of(), Sockets.NONE);

  private static final int MANY = 1_201;

  private final VirtualRouters routers = routers();

  @Test
  void takesAllOfThemInOrder() {
    SnapshotInParts parts = new SnapshotInParts(routers, false);
    int count = 1;
    while (parts.takePart()) {
      count++;
    }
    VrrpSnapshot whole =
        parts.whole(new Sockets(Map.of(2, 37), 38), Figures.NONE, new Moment(5, Instant.EPOCH));
    assertTrue(count > 1, "parts: " + count);
    assertEquals(
        routers.configuration().instances(),
        whole.routers().stream().map(RouterSnapshot::instance).toList());
    assertEquals(State.INIT, whole.routers().get(0).state());
    assertTrue(whole.routers().get(0).times().lastTransitionNanos().isEmpty());
    assertEquals(new Sockets(Map.of(2, 37), 38), whole.machine().sockets());
  }

  @Test
  void whatIsClearedAfterwardsWasCopied() {
    RunningRouter last = new ArrayList<>(routers.all()).get(MANY - 1);
    last.router().statistics().count(Counter.BECAME_MASTER);

    VrrpSnapshot kept = take(false);
    VrrpSnapshot cleared = take(true);
    VrrpSnapshot after = take(false);
    last.router().statistics().count(Counter.BECAME_MASTER);
    last.router().statistics().count(Counter.BECAME_MASTER);

    assertEquals(1, mastersOfLast(kept));
    assertEquals(1, mastersOfLast(cleared));
    assertEquals(0, mastersOfLast(after));
  }

  @Test
  void tellsOfWhatIsTracked() {
    VirtualRouters tracking = routers(TrackingSamples.snapshot().configuration());
    tracking.changed(new TrackTarget(TrackKind.FILE, "down"), Condition.of(3));
    tracking.changed(new TrackTarget(TrackKind.PROCESS, "web"), Condition.DOWN);
    LinkState up = TrackingSamples.eth0();
    tracking.links().linkChanged(up);
    tracking.links().resynchronised();
    tracking.links().linkChanged(TrackingSamples.down(up));

    VrrpSnapshot taken = take(tracking, false);

    assertEquals(Map.of("down", 3L), taken.trackerStatus().files());
    assertEquals(Map.of("eth0", true), taken.trackerStatus().delayed());
    assertEquals(List.of(up), taken.machine().links());
    assertEquals(
        List.of("VG"), taken.groups().stream().map(group -> group.group().name()).toList());
    RouterSnapshot member = taken.routers().get(1);
    assertEquals(new RouterSnapshot.Priority(90 + 3, 90 + 3), member.priority());
    assertEquals(1, member.troubles().tracked());
  }

  @Test
  void whatNobodyHasToldOfIsWaitedFor() {
    VrrpSnapshot taken = take(routers(TrackingSamples.snapshot().configuration()), false);
    assertEquals(
        List.of(1, 1, 1),
        taken.routers().stream().map(router -> router.troubles().waiting()).toList());
    assertEquals(Map.of(), taken.trackerStatus().files());
  }

  private static long mastersOfLast(VrrpSnapshot snapshot) {
    return snapshot.routers().get(MANY - 1).statistics().get(Counter.BECAME_MASTER);
  }

  private VrrpSnapshot take(boolean clear) {
    return take(routers, clear);
  }

  private static VrrpSnapshot take(VirtualRouters routers, boolean clear) {
    SnapshotInParts parts = new SnapshotInParts(routers, clear);
    while (parts.takePart()) {
      // all that matters happens in the condition
    }
    return parts.whole(NO_SOCKETS, Figures.NONE, new Moment(5, Instant.EPOCH));
  }

  private static VirtualRouters routers() {
    VrrpInstance one = Samples.faulty().instance();
    List<VrrpInstance> instances = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      VrrpInstance.Key key =
          new VrrpInstance.Key("link" + i / 250, one.key().group().orElseThrow(), i % 250 + 1);
      instances.add(
          new VrrpInstance("VI_" + i, key)
              .protocol(one.protocol())
              .election(one.election())
              .conduct(one.conduct())
              .addresses(one.addresses())
              .announcements(one.announcements()));
    }
    return routers(new Configuration(Samples.three().configuration().globals(), instances));
  }

  private static VirtualRouters routers(Configuration configuration) {
    return new VirtualRouters(
        configuration,
        new VrrpContext(
            new TimerQueue(),
            () -> 0,
            (endpoint, payload, length) -> true,
            new NoAddresses(),
            new NoAnnouncements(),
            new NobodyListens()),
        new Links(),
        new NoPorts());
  }

  private static final class NoAddresses implements KernelBook {
    @Override
    public void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer) {}

    @Override
    public void remove(Holder owner, List<KernelObject> objects) {}
  }

  private static final class NoAnnouncements implements Announcer {
    @Override
    public void announce(
        Object owner,
        String name,
        List<VirtualAddress> addresses,
        int repeat,
        Announcements plan) {}

    @Override
    public void cancel(Object owner) {}
  }

  private static final class NobodyListens implements VrrpListener {
    @Override
    public void log(Effects.Level level, String line) {}

    @Override
    public void failed(String line, RuntimeException bug) {
      throw bug;
    }

    @Override
    public void happened(Event event) {}
  }

  private static final class NoPorts implements LinkPorts {
    @Override
    public void open(LinkState link, Demand demand) {}

    @Override
    public void close(int linkIndex) {}
  }
}
