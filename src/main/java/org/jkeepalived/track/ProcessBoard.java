package org.jkeepalived.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.time.TimerQueue;

/**
 * Which of the machine's processes are tracked, by whom, and whether there are as many as there
 * should be. Belongs to one thread.
 */
public final class ProcessBoard implements ProcessEvents {

  /** Hears whether a tracker's processes are as they should be. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param first whether it is the first time, and not a change
     */
    void told(ProcessTracker tracker, boolean up, boolean first);
  }

  private final TimerQueue timers;
  private final ProcessLookup lookup;
  private final Listener listener;

  private List<ProcessTracker> trackers = List.of();
  private int commandLineBytes;
  private Map<String, ProcessQuorum> quorums = new LinkedHashMap<>();

  /** Those that count for somebody, and for whom; a child shares its parent's list. */
  private Map<Integer, List<ProcessQuorum>> counted = new HashMap<>();

  /** Those that run another program since they were looked at. */
  private final Set<Integer> unsettled = new LinkedHashSet<>();

  public ProcessBoard(TimerQueue timers, ProcessLookup lookup, Listener listener) {
    this.timers = timers;
    this.lookup = lookup;
    this.listener = listener;
  }

  /** Tracks these from now on. What is known of them counts after the next {@link #scanned}. */
  public void become(List<ProcessTracker> wanted) {
    trackers = List.copyOf(wanted);
    commandLineBytes =
        trackers.stream()
            .mapToInt(tracker -> ProcessMatch.commandLineBytes(tracker.match()))
            .max()
            .orElse(0);
    Map<String, ProcessQuorum> before = quorums;
    quorums = new LinkedHashMap<>();
    for (ProcessTracker tracker : trackers) {
      ProcessQuorum known = before.get(tracker.name());
      if (known != null && known.tracker().equals(tracker)) {
        quorums.put(tracker.name(), known);
        before.remove(tracker.name());
      }
    }
    before.values().forEach(ProcessQuorum::end);
    // those that are not known yet count nobody before all processes were looked at
    counted.replaceAll((process, of) -> of.stream().filter(this::isTracked).toList());
  }

  private boolean isTracked(ProcessQuorum quorum) {
    return quorums.get(quorum.tracker().name()) == quorum;
  }

  /**
   * How it is with one tracker's processes.
   *
   * @param count how many run
   * @param up whether they are as they should be, as last told
   * @param forkDelayed whether that changes when {@code fork_delay} has passed
   * @param terminateDelayed whether that changes when {@code terminate_delay} has passed
   */
  public record Look(int count, boolean up, boolean forkDelayed, boolean terminateDelayed) {}

  /** How it is with each tracker's processes, as far as they were looked at. */
  public Map<String, Look> looks() {
    Map<String, Look> looks = new LinkedHashMap<>();
    quorums.forEach(
        (name, quorum) ->
            looks.put(
                name,
                new Look(
                    quorum.count(),
                    quorum.isUp(),
                    quorum.isDelayed(ProcessQuorum.Cause.FORK),
                    quorum.isDelayed(ProcessQuorum.Cause.EXIT))));
    return looks;
  }

  /** How much of a command line decides, in bytes; 0 if only names count. */
  public int commandLineBytes() {
    return commandLineBytes;
  }

  /**
   * All processes were looked at: at the start, after a reload, and after events were lost. What
   * happened meanwhile is told afterwards, and does no harm if it is known already.
   */
  public void scanned(List<ProcessFacts> processes, long nowNanos) {
    Map<String, Integer> counts = new HashMap<>();
    Map<Integer, List<String>> found = new HashMap<>();
    for (ProcessFacts facts : processes) {
      List<String> names = new ArrayList<>();
      for (ProcessTracker tracker : trackers) {
        if (ProcessMatch.matches(tracker.match(), facts)) {
          names.add(tracker.name());
          counts.merge(tracker.name(), 1, Integer::sum);
        }
      }
      if (!names.isEmpty()) {
        found.put(facts.number(), names);
      }
    }
    Map<String, ProcessQuorum> before = quorums;
    quorums = new LinkedHashMap<>();
    for (ProcessTracker tracker : trackers) {
      int count = counts.getOrDefault(tracker.name(), 0);
      quorums.put(tracker.name(), settled(before, tracker, count, nowNanos));
    }
    unsettled.clear();
    counted = new HashMap<>();
    found.forEach(
        (process, names) -> counted.put(process, names.stream().map(quorums::get).toList()));
  }

  private ProcessQuorum settled(
      Map<String, ProcessQuorum> before, ProcessTracker tracker, int count, long nowNanos) {
    ProcessQuorum known = before.get(tracker.name());
    if (known == null) {
      ProcessQuorum made = new ProcessQuorum(tracker, count, timers, this::tell);
      listener.told(tracker, made.isUp(), true);
      return made;
    }
    int difference = count - known.count();
    if (difference != 0) {
      known.add(
          difference,
          difference > 0 ? ProcessQuorum.Cause.FORK : ProcessQuorum.Cause.EXIT,
          nowNanos);
    }
    return known;
  }

  private void tell(ProcessQuorum quorum) {
    listener.told(quorum.tracker(), quorum.isUp(), false);
  }

  @Override
  public void forked(int parent, int child, long nowNanos) {
    if (unsettled.remove(parent)) {
      look(parent, nowNanos);
    }
    List<ProcessQuorum> of = counted.getOrDefault(parent, List.of());
    if (of.isEmpty() || counted.containsKey(child)) {
      return;
    }
    counted.put(child, of);
    of.forEach(quorum -> quorum.add(1, ProcessQuorum.Cause.FORK, nowNanos));
  }

  /** Looked at by {@link #settle}: on a busy machine most are gone again by then. */
  @Override
  public void executed(int process, long nowNanos) {
    unsettled.add(process);
  }

  /** All that has been reported so far is told: looks at those that became another program. */
  public void settle(long nowNanos) {
    if (!unsettled.isEmpty()) {
      List<Integer> now = List.copyOf(unsettled);
      unsettled.clear();
      now.forEach(process -> look(process, nowNanos));
    }
  }

  private void look(int process, long nowNanos) {
    Optional<ProcessFacts> facts = lookup.look(process, commandLineBytes);
    // one that is gone ends in its own report; until then it is nobody's
    become(process, facts.map(this::countedFor).orElse(List.of()), nowNanos);
  }

  private List<ProcessQuorum> countedFor(ProcessFacts facts) {
    return quorums.values().stream()
        .filter(quorum -> ProcessMatch.matches(quorum.tracker().match(), facts))
        .toList();
  }

  @Override
  public void renamed(int process, String name, long nowNanos) {
    List<ProcessQuorum> before = counted.getOrDefault(process, List.of());
    ProcessFacts facts = new ProcessFacts(process, name, List.of());
    List<ProcessQuorum> after = new ArrayList<>();
    for (ProcessQuorum quorum : quorums.values()) {
      // a command line does not change with the name
      boolean byLine = ProcessMatch.readsCommandLine(quorum.tracker().match());
      if (byLine
          ? before.contains(quorum)
          : ProcessMatch.matches(quorum.tracker().match(), facts)) {
        after.add(quorum);
      }
    }
    become(process, after, nowNanos);
  }

  private void become(int process, List<ProcessQuorum> after, long nowNanos) {
    List<ProcessQuorum> before = counted.getOrDefault(process, List.of());
    if (after.isEmpty()) {
      counted.remove(process);
    } else {
      counted.put(process, after);
    }
    if (!before.equals(after)) {
      for (ProcessQuorum quorum : quorums.values()) {
        int difference = (after.contains(quorum) ? 1 : 0) - (before.contains(quorum) ? 1 : 0);
        if (difference != 0) {
          quorum.add(difference, ProcessQuorum.Cause.IDENTITY, nowNanos);
        }
      }
    }
  }

  @Override
  public void exited(int process, long nowNanos) {
    unsettled.remove(process);
    List<ProcessQuorum> of = counted.remove(process);
    if (of != null) {
      of.forEach(quorum -> quorum.add(-1, ProcessQuorum.Cause.EXIT, nowNanos));
    }
  }
}
