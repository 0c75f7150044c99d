package org.jkeepalived.lvs.mark;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;

/**
 * Keeps the kernel's marks as they are wanted: sends the difference whenever something else is
 * wanted, and puts right what somebody else has changed.
 *
 * <p>What was sent is taken to be there until the answer says otherwise; then the tables are made
 * anew, and whoever wants marks is told if that fails, too.
 */
public final class MarkKeeper {

  private final PacketMarks marks;
  private final LvsLog log;
  private final Consumer<KernelError> failed;

  private MarkTable table = new MarkTable("", 0, false);
  private Map<MarkMap, Set<MarkedRange>> wanted = new LinkedHashMap<>();

  /** Each map that is there, as far as is known. */
  private Map<MarkMap, Set<MarkedRange>> known = new LinkedHashMap<>();

  /** How often something was sent: an answer to what was sent before says nothing any more. */
  private long sent;

  /** Nothing of ours is there yet, but perhaps of another run. */
  private boolean fresh = true;

  private boolean comparing;

  /**
   * @param failed hears why packets cannot be marked; nothing is there then
   */
  public MarkKeeper(PacketMarks marks, LvsLog log, Consumer<KernelError> failed) {
    this.marks = marks;
    this.log = log;
    this.failed = failed;
  }

  /** Whether there is anything to take away. */
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /**
   * Has these packets marked, and no others. Tables of this name that are there before the first
   * call are replaced: a run that was killed has left them.
   *
   * @param in stays the same until {@link #remove}
   * @param ranges of each map those that are to be marked; they do not overlap
   */
  public void want(MarkTable in, Map<MarkMap, Set<MarkedRange>> ranges) {
    table = in;
    wanted = copy(ranges);
    boolean all = fresh;
    fresh &= wanted.isEmpty();
    send(all);
  }

  /** Takes everything away. */
  public void remove() {
    wanted = new LinkedHashMap<>();
    if (!known.isEmpty()) {
      change(new LinkedHashMap<>(), MarkDifference.removal(known), false);
    }
    fresh = true;
  }

  private void send(boolean anew) {
    Map<MarkMap, Set<MarkedRange>> next = copy(wanted);
    if (anew) {
      change(next, MarkDifference.anew(wanted), true);
    } else {
      known.keySet().forEach(map -> next.computeIfAbsent(map, empty -> new LinkedHashSet<>()));
      change(next, MarkDifference.between(known, wanted), false);
    }
  }

  private void change(Map<MarkMap, Set<MarkedRange>> next, List<MarkChange> changes, boolean anew) {
    known = next;
    if (changes.isEmpty()) {
      return;
    }
    sent++;
    long number = sent;
    marks.change(table, changes, error -> error.ifPresent(why -> refused(why, number, anew)));
  }

  private void refused(KernelError why, long number, boolean anew) {
    if (number != sent) {
      // what was sent later was refused as well, or has put it right
      return;
    }
    if (!anew && !wanted.isEmpty()) {
      send(true);
      return;
    }
    List<MarkChange> removal = MarkDifference.removal(known);
    known = new LinkedHashMap<>();
    fresh = true;
    if (wanted.isEmpty()) {
      log.error("nftables: cannot remove table " + table.name() + ": " + why.text());
    } else {
      wanted = new LinkedHashMap<>();
      // of many ranges the first may be there
      sent++;
      marks.change(table, removal, error -> {});
      failed.accept(why);
    }
  }

  /** Looks whether all is as it was left, and puts it right. */
  public void compare() {
    if (comparing || known.isEmpty()) {
      return;
    }
    comparing = true;
    long number = sent;
    marks.read(
        table,
        Set.copyOf(known.keySet()),
        reading -> {
          comparing = false;
          if (number == sent && !reading.unchanged() && reading.error().isEmpty()) {
            compared(reading);
          }
        });
  }

  private void compared(MarkReading reading) {
    if (!reading.maps().equals(known)) {
      log.warning(
          "nftables table "
              + table.name()
              + " was "
              + (reading.maps().isEmpty() ? "removed" : "changed")
              + " by somebody else, putting it right");
      send(true);
    }
  }

  private static Map<MarkMap, Set<MarkedRange>> copy(Map<MarkMap, Set<MarkedRange>> maps) {
    Map<MarkMap, Set<MarkedRange>> copy = new LinkedHashMap<>();
    maps.forEach((map, ranges) -> copy.put(map, new LinkedHashSet<>(ranges)));
    return copy;
  }
}
