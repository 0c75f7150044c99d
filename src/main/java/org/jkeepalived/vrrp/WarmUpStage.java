package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.notify.Event;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.address.AnnouncementSender;
import org.jkeepalived.vrrp.address.PacedAnnouncer;
import org.jkeepalived.vrrp.transport.Endpoint;

/** What a failover goes through, with neither kernel nor network behind it. */
final class WarmUpStage {

  /** The name of the only link that there is. */
  static final String LINK = "warm-up";

  /** UP, BROADCAST, RUNNING, MULTICAST and LOWER_UP, as an Ethernet that has a carrier. */
  private static final int FLAGS = 0x11043;

  private static final int PACKET_BYTES = 128;

  private final byte[] packet = new byte[PACKET_BYTES];
  private final List<Runnable> answers = new ArrayList<>();
  private final HeldObjects objects;
  private final PacedAnnouncer announcer;
  private final VrrpContext context;

  WarmUpStage(TimerQueue timers, NanoClock clock, AnnouncementSender announcements) {
    Links links = new Links();
    objects =
        new HeldObjects(
            (requests, done) ->
                answers.add(() -> done.accept(requests.stream().map(KernelResult::done).toList())),
            links,
            complaint -> {});
    links.linkChanged(link());
    announcer = new PacedAnnouncer(announcements, links::named, timers, clock, detail -> {});
    context = new VrrpContext(timers, clock, this::send, objects, announcer, new NobodyHears());
  }

  private boolean send(Endpoint endpoint, byte[] payload, int length) {
    return endpoint.wrap(payload, length, packet) > 0;
  }

  private static LinkState link() {
    return new LinkState(
        1,
        LINK,
        new byte[6],
        FLAGS,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  VrrpContext context() {
    return context;
  }

  /** Carries out what was asked for. */
  void endOfTurn() {
    objects.flush();
    List<Runnable> due = List.copyOf(answers);
    answers.clear();
    due.forEach(Runnable::run);
    while (announcer.step()) {
      // a few frames a turn
    }
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
}
