package org.jkeepalived.lvs.mark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.model.AddressFamily;

/**
 * Tables that mark packets, as a kernel keeps them: what does not fit to what is there is refused,
 * and nothing is done of it. Answers come at once, or when they are let go.
 */
public final class ScriptedMarks implements PacketMarks {

  private final Map<String, Map<MarkMap, Set<MarkedRange>>> tables = new LinkedHashMap<>();
  private final Map<String, Set<AddressFamily>> families = new LinkedHashMap<>();

  /** All that was asked for, in its order. */
  public final List<String> asked = new ArrayList<>();

  private final Deque<Runnable> held = new ArrayDeque<>();
  private Runnable whenAsked = () -> {};
  private boolean holding;
  private boolean missing;
  private boolean changed;

  /** What is marked: for whose packets. */
  public record Seen(AddressFamily family, long mark) {}

  /** The marks that are put on packets, each once. */
  public Set<Seen> seen(String table) {
    Set<Seen> seen = new LinkedHashSet<>();
    tables
        .getOrDefault(table, Map.of())
        .forEach(
            (map, ranges) ->
                ranges.forEach(range -> seen.add(new Seen(map.family(), range.mark()))));
    return seen;
  }

  /** Runs a step after whatever is asked for. */
  public void whenAsked(Runnable step) {
    whenAsked = step;
  }

  /** From now on there is no nf_tables, or there is again. */
  public void missing(boolean now) {
    missing = now;
  }

  /** From now on answers wait. */
  public void hold() {
    holding = true;
  }

  /** All that waits comes. */
  public void letGo() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /** Somebody says {@code nft flush ruleset}. */
  public void flush() {
    changed = true;
    tables.clear();
    families.clear();
  }

  /** What is marked in a table, a line each: {@code tcp 10.0.0.1-10.0.0.3 80 1000}. */
  public List<String> marked(String table) {
    List<String> lines = new ArrayList<>();
    tables
        .getOrDefault(table, Map.of())
        .forEach((map, ranges) -> ranges.forEach(range -> lines.add(text(map, range))));
    return lines;
  }

  /** Whether there is a table of that name. */
  public boolean has(String table) {
    return !families.getOrDefault(table, Set.of()).isEmpty();
  }

  static String text(MarkMap map, MarkedRange range) {
    String first = range.first().getHostAddress();
    String last = range.last().getHostAddress();
    return map.protocol().text()
        + " "
        + (first.equals(last) ? first : first + "-" + last)
        + " "
        + range.firstPort()
        + (range.firstPort() == range.lastPort() ? "" : "-" + range.lastPort())
        + " "
        + range.mark();
  }

  @Override
  public void change(
      MarkTable table, List<MarkChange> changes, Consumer<Optional<KernelError>> done) {
    asked.add(table.name() + " " + changes);
    changed = true;
    Optional<KernelError> answer =
        missing
            ? Optional.of(new KernelError(95, "this kernel has no nf_tables"))
            : carryOut(table.name(), changes);
    whenAsked.run();
    answer(() -> done.accept(answer));
  }

  private void answer(Runnable step) {
    if (holding) {
      held.add(step);
    } else {
      step.run();
    }
  }

  private Optional<KernelError> carryOut(String table, List<MarkChange> changes) {
    Map<MarkMap, Set<MarkedRange>> maps = new LinkedHashMap<>();
    tables
        .getOrDefault(table, Map.of())
        .forEach((map, ranges) -> maps.put(map, new LinkedHashSet<>(ranges)));
    Set<AddressFamily> there = new LinkedHashSet<>(families.getOrDefault(table, Set.of()));
    for (MarkChange change : changes) {
      if (!carryOut(change, maps, there)) {
        return Optional.of(new KernelError(2, "No such file or directory: " + change));
      }
    }
    tables.put(table, maps);
    families.put(table, there);
    return Optional.empty();
  }

  private static boolean carryOut(
      MarkChange change, Map<MarkMap, Set<MarkedRange>> maps, Set<AddressFamily> there) {
    if (change instanceof MarkChange.AddTable add) {
      return there.add(add.family());
    } else if (change instanceof MarkChange.RemoveTable gone) {
      there.remove(gone.family());
      maps.keySet().removeIf(map -> map.family() == gone.family());
      return true;
    } else if (change instanceof MarkChange.AddMap add) {
      return there.contains(add.family())
          && maps.putIfAbsent(add.map(), new LinkedHashSet<>()) == null;
    } else if (change instanceof MarkChange.AddRanges add) {
      Set<MarkedRange> ranges = maps.get(add.map());
      return ranges != null
          && add.ranges().stream().noneMatch(one -> ranges.stream().anyMatch(o -> meet(one, o)))
          && ranges.addAll(add.ranges());
    }
    MarkChange.RemoveRanges gone = (MarkChange.RemoveRanges) change;
    Set<MarkedRange> ranges = maps.get(gone.map());
    return ranges != null && ranges.containsAll(gone.ranges()) && ranges.removeAll(gone.ranges());
  }

  /** Whether there is a packet that both are for. */
  static boolean meet(MarkedRange one, MarkedRange other) {
    return MarkedRange.number(one.first()).compareTo(MarkedRange.number(other.last())) <= 0
        && MarkedRange.number(other.first()).compareTo(MarkedRange.number(one.last())) <= 0
        && one.firstPort() <= other.lastPort()
        && other.firstPort() <= one.lastPort();
  }

  @Override
  public void read(MarkTable table, Set<MarkMap> maps, Consumer<MarkReading> done) {
    Map<MarkMap, Set<MarkedRange>> found = new LinkedHashMap<>();
    tables
        .getOrDefault(table.name(), Map.of())
        .forEach(
            (map, ranges) -> {
              if (maps.contains(map)) {
                found.put(map, new LinkedHashSet<>(ranges));
              }
            });
    MarkReading reading =
        changed ? new MarkReading(false, found, Optional.empty()) : MarkReading.UNCHANGED;
    changed = false;
    answer(() -> done.accept(reading));
  }
}
