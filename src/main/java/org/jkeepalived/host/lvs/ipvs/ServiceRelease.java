package org.jkeepalived.host.lvs.ipvs;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableText;
import org.jkeepalived.model.ReceiveBuffer;

/**
 * Removes from the kernel's IPVS table exactly the services that the journal of a daemon names, as
 * {@link org.jkeepalived.host.kernel.JournalRelease} does with its addresses.
 */
public final class ServiceRelease {

  private ServiceRelease() {}

  /**
   * Removes them, with their real servers, from the network namespace that the journal names, or
   * that of the calling thread. The caller makes sure that the daemon does not run.
   */
  public static Released run(JournalPath path) {
    List<String> removed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    ServiceJournal journal = ServiceJournal.open(path.services());
    TableOpening opening = TableOpening.ofKernel(journal.namespace(), ReceiveBuffer.STANDARD);
    for (TableAnswer answer : run(opening, journal)) {
      switch (answer.outcome()) {
        case DONE -> removed.add("service " + TableText.of(answer.change().service()));
        case REFUSED -> refused.add(refusal(answer));
        case ALREADY_THERE, NOT_THERE -> {}
      }
    }
    return new Released(removed, refused);
  }

  private static String refusal(TableAnswer answer) {
    String reason = answer.error().map(KernelError::text).orElse("refused by the kernel");
    return "cannot " + TableText.of(answer.change()) + ": " + reason;
  }

  /**
   * Closes the journal; looks for IPVS only if it names something.
   *
   * @return what became of each service; those that were refused are still in the journal
   */
  static List<TableAnswer> run(TableOpening opening, ServiceJournal journal) {
    TableOwner owner = new TableOwner(opening, journal);
    try {
      List<TableChange> removals = new ArrayList<>();
      for (ServiceKey service : journal.services()) {
        removals.add(new TableChange.RemoveService(service));
      }
      if (removals.isEmpty()) {
        return List.of();
      }
      owner.open();
      return owner.change(removals, () -> 0);
    } finally {
      owner.close();
    }
  }
}
