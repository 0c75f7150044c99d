package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.notify.Event;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.address.AnnouncementSender;
import org.jkeepalived.vrrp.address.PacedAnnouncer;

/** What a failover goes through, with neither kernel nor network behind it. */
final class WarmUpStage {

  /** The name of the only link that there is. */
  static final String LINK = "warm-up";

  private final List<Runnable> answers = new ArrayList<>();
  private final HeldObjects objects;
  private final PacedAnnouncer announcer;
  private final VrrpContext context;

  WarmUpStage(TimerQueue timers, NanoClock clock, AnnouncementSender announcements) {
    Links links = new Links(new NobodyListens());
    objects =
        new HeldObjects(
            (requests, done) ->
                answers.add(() -> done.accept(requests.stream().map(KernelResult::done).toList())),
            complaint -> {});
    objects.links(links);
    links.linkChanged(link());
    announcer = new PacedAnnouncer(announcements, links::named, timers, clock, detail -> {});
    context =
        new VrrpContext(
            timers, clock, (link, frame) -> true, objects, announcer, new NobodyHears());
  }

  private static LinkState link() {
    return new LinkState(
        1,
        LINK,
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
