package org.jkeepalived.lvs.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;

/**
 * The sync daemons of a kernel that answers when it is told to: it fills in what was left out, runs
 * one of each role, and needs the link.
 */
final class SimulatedSync implements SyncDaemons {

  static final KernelError MISSING = new KernelError(0, "this kernel has no IPVS");
  static final KernelError NO_LINK = new KernelError(19, "No such device");

  private static final int MOST_BYTES = 1_472;

  private final Map<SyncRole, RunningSync> running = new EnumMap<>(SyncRole.class);
  private final Deque<Runnable> questions = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  /** What it answers to every question but readings, if it does. */
  Optional<KernelError> error = Optional.empty();

  boolean there = true;

  @Override
  public void start(RunningSync daemon, Consumer<Optional<KernelError>> done) {
    questions.add(
        () -> {
          asked.add("start " + text(daemon));
          done.accept(started(daemon));
        });
  }

  private Optional<KernelError> started(RunningSync daemon) {
    if (!there || error.isPresent()) {
      return there ? error : Optional.of(MISSING);
    }
    if (running.containsKey(daemon.role())) {
      return Optional.of(new KernelError(17, "it is there already"));
    }
    running.put(daemon.role(), filled(daemon));
    return Optional.empty();
  }

  private static RunningSync filled(RunningSync daemon) {
    Transport asked = daemon.transport();
    return new RunningSync(
        daemon.role(),
        daemon.interfaceName(),
        daemon.id(),
        new Transport(
            OptionalInt.of(Math.min(MOST_BYTES, asked.maxLength().orElse(MOST_BYTES))),
            OptionalInt.of(asked.port().orElse(8848)),
            OptionalInt.of(asked.ttl().orElse(1)),
            asked.group()));
  }

  @Override
  public void stop(SyncRole role, Consumer<Optional<KernelError>> done) {
    questions.add(
        () -> {
          asked.add("stop " + role.text());
          boolean stops = there && error.isEmpty();
          if (stops) {
            running.remove(role);
          }
          done.accept(stops ? Optional.empty() : there ? error : Optional.of(MISSING));
        });
  }

  @Override
  public void read(Consumer<Reading> done) {
    questions.add(
        () -> {
          asked.add("read");
          done.accept(
              there
                  ? new Reading(List.copyOf(running.values()), Optional.empty())
                  : new Reading(List.of(), Optional.of(MISSING)));
        });
  }

  private static String text(RunningSync daemon) {
    return daemon.role().text() + " " + daemon.interfaceName() + " " + daemon.id();
  }

  /** Answers one question; false if there is none. */
  boolean answer() {
    Runnable next = questions.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  /** Answers all that is asked, and what is asked then; tells what that was. */
  List<String> answerAll() {
    asked.clear();
    while (answer()) {
      // the next one
    }
    return List.copyOf(asked);
  }

  /** Somebody else starts one. */
  void has(RunningSync daemon) {
    running.put(daemon.role(), filled(daemon));
  }

  /** Somebody else stops one. */
  void loses(SyncRole role) {
    running.remove(role);
  }

  /** Its module is unloaded. */
  void goes() {
    there = false;
    running.clear();
  }

  Map<SyncRole, RunningSync> running() {
    return running;
  }

  /** What runs, in words. */
  List<String> text() {
    return running.values().stream().map(SimulatedSync::text).toList();
  }
}
