package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;

/** A notifier with nothing real about it, on time that the test moves. */
final class Stage {

  static final long SECOND_NANOS = 1_000_000_000L;
  static final Notifications EVERY_SCRIPT =
      new Notifications(
          Map.of(
              Occasion.MASTER, command("own master"),
              Occasion.BACKUP, command("own backup"),
              Occasion.FAULT, command("own fault"),
              Occasion.STOP, command("own stop"),
              Occasion.DELETED, command("own deleted"),
              Occasion.MASTER_RX_LOWER_PRI, command("own lower"),
              Occasion.ANY, command("any")),
          true,
          true,
          true);

  final TimerQueue timers = new TimerQueue();
  final FakeRunner runner = new FakeRunner();
  final FakePipe.Folder folder = new FakePipe.Folder();
  final List<Event> heard = new ArrayList<>();
  final Notifier notifier;
  // near the wrap of the clock, which nobody may notice
  long nowNanos = Long.MAX_VALUE - 5 * SECOND_NANOS;
  int stopped;

  Stage() {
    notifier =
        new Notifier(
            new NotifyContext(timers, () -> nowNanos, runner), folder, List.of(heard::add));
  }

  static Command command(String words) {
    return new Command(
        List.of(words.split(" ")), new Account("root", Optional.empty(), false), false);
  }

  static Fifo fifo(String path) {
    return new Fifo(path, Optional.empty(), Optional.empty());
  }

  static Fifo fifo(String path, String script) {
    return new Fifo(path, Optional.empty(), Optional.of(command(script)));
  }

  static Reporting reporting(Fifo all, boolean statesOnReload) {
    return new Reporting(
        Optional.of(all), Optional.empty(), Optional.empty(), statesOnReload, Optional.empty());
  }

  static Event event(String name, What what) {
    return event(name, what, EVERY_SCRIPT);
  }

  static Event event(String name, What what, Notifications notifications) {
    return what.of(Subject.instance(name), 100, notifications);
  }

  void happens(String name, What... events) {
    for (What what : events) {
      notifier.happened(event(name, what));
    }
  }

  /** Reads a configuration whose only group is VG_1. */
  void configure(Reporting reporting) {
    configure(reporting, "VG_1");
  }

  void configure(Reporting reporting, String... groups) {
    configure(reporting, List.of(), groups);
  }

  /** Reads a configuration with these instances and groups. */
  void configure(Reporting reporting, List<VrrpInstance> instances, String... groups) {
    notifier.configure(
        new Configuration(
            new GlobalDefinitions("router", Optional.empty(), Optional.empty(), false, 0, 0, false),
            instances,
            Stream.of(groups)
                .map(name -> new SyncGroup(name, List.of(), List.of(), Notifications.NONE))
                .toList(),
            Trackers.NONE,
            LinkWatch.KERNEL,
            reporting,
            LifeScripts.NONE));
  }

  /** Lets time pass, timer by timer. */
  void passes(long nanos) {
    long endNanos = nowNanos + nanos;
    while (timers.nanosUntilNext(nowNanos) <= endNanos - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
    }
    nowNanos = endNanos;
  }

  void passSeconds(long seconds) {
    passes(seconds * SECOND_NANOS);
  }

  void stops() {
    notifier.stop(nowNanos + 3 * SECOND_NANOS, () -> stopped++);
  }

  /** Has each script end as soon as it runs, until none does. */
  void allEnd() {
    while (!runner.running.isEmpty()) {
      runner.running.get(0).ends(FakeRunner.SUCCESS);
    }
  }
}
