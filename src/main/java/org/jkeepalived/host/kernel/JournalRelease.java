package org.jkeepalived.host.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RouteWriter;

/**
 * Removes from the kernel exactly what the journal of a daemon names, without any configuration:
 * for a machine whose daemon was killed and is not to start again.
 */
public final class JournalRelease {

  private JournalRelease() {}

  /**
   * Removes it, in the network namespace of the calling thread. The caller makes sure that the
   * daemon does not run.
   *
   * @return what became of each object; those that were refused are still in the journal
   * @throws SystemCallException the kernel cannot be asked for anything
   */
  public static List<KernelResult> run(JournalPath path) throws SystemCallException {
    try (KernelWriter writer = RouteWriter.open();
        KernelJournal journal = KernelJournal.open(path)) {
      return run(journal, writer, PresentObjects.read());
    }
  }

  /**
   * @param present what the kernel has
   */
  static List<KernelResult> run(
      KernelJournal journal, KernelWriter writer, Collection<PlacedObject> present) {
    List<KernelResult> all = new ArrayList<>();
    for (String owner : journal.owners()) {
      List<PlacedObject> ours = StaleObjects.among(present, journal.of(owner), List.of());
      List<KernelRequest> removals = ours.stream().map(PlacedObject::remove).toList();
      List<KernelResult> results = writer.write(removals);
      // what is gone already may come back as somebody else's
      Set<String> found = StaleObjects.journalTexts(ours);
      journal.retain(owner, found);
      journal.answered(owner, results);
      all.addAll(results);
    }
    return all;
  }
}
