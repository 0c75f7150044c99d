package org.jkeepalived.lvs.mark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.AddressFamily;

/** The changes that lead from one state of the tables to another. */
final class MarkDifference {

  private MarkDifference() {}

  /**
   * What to do, in that order. COMPAT: a map that has become empty stays, with its rule and its
   * table, until the stop.
   *
   * @param present each map that is there
   * @param wanted each map with something in it
   */
  static List<MarkChange> between(
      Map<MarkMap, Set<MarkedRange>> present, Map<MarkMap, Set<MarkedRange>> wanted) {
    List<MarkChange> changes = new ArrayList<>();
    // all that goes before all that comes: ranges of a map must not overlap
    present.forEach(
        (map, ranges) -> {
          List<MarkedRange> gone = without(ranges, wanted.getOrDefault(map, Set.of()));
          if (!gone.isEmpty()) {
            changes.add(new MarkChange.RemoveRanges(map, gone));
          }
        });
    Set<AddressFamily> tables = families(present);
    wanted.forEach(
        (map, ranges) -> {
          if (tables.add(map.family())) {
            changes.add(new MarkChange.AddTable(map.family()));
          }
          if (!present.containsKey(map)) {
            changes.add(new MarkChange.AddMap(map));
          }
          List<MarkedRange> fresh = without(ranges, present.getOrDefault(map, Set.of()));
          if (!fresh.isEmpty()) {
            changes.add(new MarkChange.AddRanges(map, fresh));
          }
        });
    return changes;
  }

  /** What to do where nobody knows what is there: all anew. */
  static List<MarkChange> anew(Map<MarkMap, Set<MarkedRange>> wanted) {
    return Stream.concat(removal(wanted).stream(), between(Map.of(), wanted).stream()).toList();
  }

  /** What takes all of them away. */
  static List<MarkChange> removal(Map<MarkMap, Set<MarkedRange>> present) {
    return families(present).stream().<MarkChange>map(MarkChange.RemoveTable::new).toList();
  }

  private static Set<AddressFamily> families(Map<MarkMap, Set<MarkedRange>> maps) {
    Set<AddressFamily> families = new LinkedHashSet<>();
    maps.keySet().forEach(map -> families.add(map.family()));
    return families;
  }

  private static List<MarkedRange> without(Set<MarkedRange> ranges, Set<MarkedRange> others) {
    return ranges.stream().filter(range -> !others.contains(range)).toList();
  }
}
