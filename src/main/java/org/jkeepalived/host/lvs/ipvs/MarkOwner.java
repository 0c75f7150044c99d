package org.jkeepalived.host.lvs.ipvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.lvs.TablePlace;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.nftables.MarkingConnection;
import org.jkeepalived.lvs.mark.KernelMarks;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.model.lvs.TableNamespace;

/**
 * nftables' tables and the journal of them. Belongs to one thread; nothing is opened before
 * somebody wants a packet marked.
 */
final class MarkOwner {

  /** Opens the kernel's tables. */
  interface Opening {
    KernelMarks open() throws SystemCallException;
  }

  private final Opening opening;
  private final MarkJournal journal;
  private Optional<KernelMarks> open = Optional.empty();

  /** Tables that are there, or may be. */
  private final Set<MarkTableName> made;

  MarkOwner(Opening opening, MarkJournal journal) {
    this.opening = opening;
    this.journal = journal;
    made = journal.tables();
  }

  /**
   * That of the kernel.
   *
   * @param namespace where the IPVS table is: a packet is marked where it is balanced
   */
  static MarkOwner ofKernel(Optional<TableNamespace> namespace, JournalPath path) {
    return new MarkOwner(
        () ->
            TablePlace.open(
                    namespace,
                    () -> Optional.<KernelMarks>of(MarkingConnection.open()),
                    KernelMarks::close)
                .orElseThrow(),
        MarkJournal.open(path.tables()));
  }

  MarkJournal journal() {
    return journal;
  }

  /** Carries out changes, after what comes was written to the journal. */
  Optional<KernelError> change(MarkTable table, List<MarkChange> changes) {
    Set<MarkTableName> come = new LinkedHashSet<>();
    Set<MarkTableName> gone = new LinkedHashSet<>();
    for (MarkChange change : changes) {
      MarkTableName name = new MarkTableName(change.family(), table.name());
      if (change instanceof MarkChange.AddTable) {
        journal.adding(name);
        come.add(name);
        gone.remove(name);
      } else if (change instanceof MarkChange.RemoveTable) {
        gone.add(name);
      }
    }
    Optional<KernelError> error;
    try {
      error = marks().change(table, changes);
    } catch (SystemCallException e) {
      error = Optional.of(MarkingConnection.told(e.error()));
    }
    if (error.isEmpty()) {
      made.addAll(come);
    } else {
      // what could not be made needs no removal
      gone.removeAll(made);
    }
    made.removeAll(gone);
    gone.forEach(journal::removed);
    return error;
  }

  private KernelMarks marks() throws SystemCallException {
    if (open.isEmpty()) {
      open = Optional.of(opening.open());
    }
    return open.get();
  }

  MarkReading read(MarkTable table, Set<MarkMap> maps) {
    try {
      return marks().read(table, maps);
    } catch (SystemCallException e) {
      return new MarkReading(false, Map.of(), Optional.of(MarkingConnection.told(e.error())));
    }
  }

  /**
   * Removes what an earlier run has left.
   *
   * @param kept those that are replaced anyway
   * @return for each of the others why it is still there, if it is
   */
  Map<MarkTableName, Optional<KernelError>> removeLeft(Set<MarkTableName> kept) {
    List<MarkTableName> left = new ArrayList<>(journal.tables());
    left.removeAll(kept);
    Map<MarkTableName, Optional<KernelError>> answers = new LinkedHashMap<>();
    for (MarkTableName table : left) {
      MarkTable named = new MarkTable(table.name(), 0, false);
      answers.put(table, change(named, List.of(new MarkChange.RemoveTable(table.family()))));
    }
    return answers;
  }

  void close() {
    open.ifPresent(KernelMarks::close);
    journal.close();
  }
}
