package org.jkeepalived.host.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRequest.Operation;
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
   * @throws SystemCallException the kernel cannot be asked for anything
   */
  public static Released run(JournalPath path) throws SystemCallException {
    List<String> removed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (KernelWriter writer = RouteWriter.open();
        KernelJournal journal = KernelJournal.open(path)) {
      for (KernelResult result : run(journal, writer, PresentObjects.read())) {
        switch (result.outcome()) {
          case DONE -> removed.add(result.request().object().text(Operation.REMOVE));
          case REFUSED -> refused.add(result.explanation());
          case ALREADY_THERE, NOT_THERE -> {}
        }
      }
    }
    return new Released(removed, refused);
  }

  /**
   * @param present what the kernel has
   * @return what became of each object; those that were refused are still in the journal
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
