package org.jkeepalived.lvs.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;

/**
 * Keeps the kernel's table as it is wanted: sends the difference whenever something else is wanted,
 * and puts right what somebody else has changed. Services that nobody here has ever wanted are not
 * touched.
 *
 * <p>One batch of changes is on its way at a time; what is wanted meanwhile goes with the next one.
 */
public final class TableKeeper {

  private final IpvsTable table;
  private final RefusalLog refusals;
  private final StrangersLog strangers;

  private final Map<ServiceKey, TableService> wanted = new LinkedHashMap<>();
  private final Map<ServiceKey, KnownService> known = new LinkedHashMap<>();

  /** What may differ from what is wanted. */
  private final Set<ServiceKey> open = new LinkedHashSet<>();

  /** What the kernel has refused: tried again when something else is wanted, or by a comparison. */
  private final Map<ServiceKey, String> refused = new LinkedHashMap<>();

  /** What waits for the answers to all that was wanted before. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private boolean busy = true;

  /** The table is being read once more; what is to change need not wait for that. */
  private boolean comparing;

  /** The reading was asked to be given up: if it fails, nothing was looked at. */
  private boolean hurried;

  /** The kernel has something otherwise than was thought. */
  private boolean surprised;

  private boolean there = true;

  /** It was looked at after a surprise; the next such look waits for a comparison. */
  private boolean looked;

  /**
   * @param table the kernel's
   */
  public TableKeeper(IpvsTable table, LvsLog log) {
    this.table = table;
    refusals = new RefusalLog(log);
    strangers = new StrangersLog(log);
  }

  /**
   * Looks at what is there, and begins to write; nothing is written before. What an earlier run
   * left and nobody wants is removed; what is wanted and there already stays, with its connections.
   *
   * @param leftBehind the services that an earlier run has put there
   */
  public void start(Collection<ServiceKey> leftBehind) {
    table.read(
        reading -> {
          reading.error().ifPresent(error -> refusals.unreadable(error));
          for (TableService service : reading.services()) {
            ServiceKey key = service.key();
            if (wanted.containsKey(key) || leftBehind.contains(key)) {
              known.put(key, new KnownService(service));
              open.add(key);
            }
          }
          busy = false;
          settle();
        });
  }

  /** What a service is to be from now on; takes effect with {@link #settle}. */
  public void want(TableService service) {
    if (!service.equals(wanted.put(service.key(), service))) {
      open.add(service.key());
    }
  }

  /** A service is to be no more; takes effect with {@link #settle}. */
  public void forget(ServiceKey key) {
    if (wanted.remove(key) != null) {
      open.add(key);
    }
  }

  /** What every service is to be. */
  public Collection<TableService> wanted() {
    return wanted.values();
  }

  /** Whether the kernel has answered to all that was wanted. */
  public boolean isSettled() {
    return !busy && open.isEmpty();
  }

  /** Whether the kernel has all that is wanted, as far as its answers tell. */
  public boolean isAsWanted() {
    return isSettled() && refused.isEmpty();
  }

  /** Whether there is a table, as far as the last answer tells. */
  public boolean isThere() {
    return there;
  }

  /**
   * Why the kernel has a service otherwise than it is wanted, if it has refused something of it.
   */
  public Optional<String> refusal(ServiceKey key) {
    return Optional.ofNullable(refused.get(key));
  }

  /** Runs {@code step} once the kernel has answered to all that is wanted now; perhaps at once. */
  public void afterwards(Runnable step) {
    if (isSettled() && waiting.isEmpty()) {
      step.run();
    } else {
      waiting.add(step);
    }
  }

  /** Sends what is to change, if the last changes are answered. */
  public void settle() {
    if (busy) {
      if (comparing && !(open.isEmpty() && waiting.isEmpty())) {
        hurried = true;
        table.hurry();
      }
      return;
    }
    List<TableChange> changes = new ArrayList<>();
    for (ServiceKey key : open) {
      changes.addAll(
          TableDifference.between(
              key, Optional.ofNullable(known.get(key)), Optional.ofNullable(wanted.get(key))));
    }
    open.clear();
    int answersAwaited = waiting.size();
    if (changes.isEmpty()) {
      release(answersAwaited);
      return;
    }
    busy = true;
    table.change(
        changes,
        answers -> {
          busy = false;
          answered(answers);
          release(answersAwaited);
          if (surprised && !looked) {
            looked = true;
            look();
          } else {
            settle();
          }
        });
  }

  private void release(int steps) {
    for (int i = 0; i < steps; i++) {
      waiting.remove().run();
    }
  }

  private void answered(List<TableAnswer> answers) {
    answers.forEach(answer -> refused.remove(answer.change().service()));
    for (TableAnswer answer : answers) {
      boolean gone =
          answer.change() instanceof TableChange.RemoveService
              || answer.change() instanceof TableChange.RemoveDestination;
      if (answer.outcome() == Outcome.DONE || answer.outcome() == Outcome.NOT_THERE && gone) {
        carriedOut(answer.change());
      } else {
        String reason = answer.error().map(KernelError::text).orElse("no reason given");
        refused.putIfAbsent(answer.change().service(), reason);
        // the kernel has it otherwise than was thought: only looking helps
        surprised |= answer.outcome() != Outcome.REFUSED;
      }
    }
    refusals.tell(answers);
    there = answers.stream().anyMatch(TableKeeper::isTheKernels);
  }

  private static boolean isTheKernels(TableAnswer answer) {
    return answer.error().filter(error -> error.number() == 0).isEmpty();
  }

  private void carriedOut(TableChange change) {
    ServiceKey key = change.service();
    if (change instanceof TableChange.RemoveService) {
      known.remove(key);
    } else if (change instanceof TableChange.AddService add) {
      known.put(key, new KnownService(add.settings()));
    } else {
      Optional.ofNullable(known.get(key)).ifPresent(service -> service.changed(change));
    }
  }

  /**
   * Compares what the kernel has with what is wanted, and puts right what differs. Nothing happens
   * while something is on its way.
   */
  public void compare() {
    if (isSettled()) {
      looked = false;
      look();
    }
  }

  private void look() {
    busy = true;
    comparing = true;
    surprised = false;
    table.read(
        reading -> {
          busy = false;
          comparing = false;
          looked &= !hurried || reading.error().isEmpty();
          hurried = false;
          if (reading.error().isPresent()) {
            refusals.unreadable(reading.error().get());
          } else {
            compared(reading);
          }
          open.addAll(refused.keySet());
          settle();
        });
  }

  private void compared(Reading reading) {
    there = true;
    Map<ServiceKey, TableService> present = new LinkedHashMap<>();
    for (TableService service : reading.services()) {
      if (wanted.containsKey(service.key()) || known.containsKey(service.key())) {
        present.put(service.key(), service);
      }
    }
    Set<ServiceKey> ours = new LinkedHashSet<>(known.keySet());
    ours.addAll(present.keySet());
    for (ServiceKey key : ours) {
      Optional<TableService> found = Optional.ofNullable(present.get(key));
      KnownService before = known.get(key);
      boolean same = before != null && found.filter(before::isLike).isPresent();
      if (same) {
        strangers.isFine(key);
      } else {
        strangers.changed(key, Optional.ofNullable(before), found);
        found.ifPresentOrElse(
            service -> known.put(key, new KnownService(service)), () -> known.remove(key));
        open.add(key);
      }
    }
    strangers.compared();
  }
}
