package org.jkeepalived.host.lvs.ipvs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableText;
import org.jkeepalived.model.ReceiveBuffer;

/**
 * Removes from the kernel's IPVS exactly the services and sync daemons that the journal of a daemon
 * names, as {@link org.jkeepalived.host.kernel.JournalRelease} does with its addresses.
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
    Answers answers = run(opening, journal);
    for (TableAnswer answer : answers.services()) {
      switch (answer.outcome()) {
        case DONE -> removed.add("service " + TableText.of(answer.change().service()));
        case REFUSED -> refused.add(refusal(answer));
        case ALREADY_THERE, NOT_THERE -> {}
      }
    }
    answers
        .daemons()
        .forEach(
            (role, error) -> {
              String daemon = "sync daemon (" + role.text() + ")";
              error.ifPresentOrElse(
                  reason -> refused.add("cannot stop " + daemon + ": " + reason.text()),
                  () -> removed.add(daemon));
            });
    return new Released(removed, refused);
  }

  /**
   * What has become of what the journal names.
   *
   * @param daemons the sync daemons that an answer came for: why they could not be stopped; empty
   *     for those that were
   */
  record Answers(List<TableAnswer> services, Map<SyncRole, Optional<KernelError>> daemons) {
    static final Answers NONE = new Answers(List.of(), Map.of());
  }

  private static String refusal(TableAnswer answer) {
    String reason = answer.error().map(KernelError::text).orElse("refused by the kernel");
    return "cannot " + TableText.of(answer.change()) + ": " + reason;
  }

  /**
   * Closes the journal; looks for IPVS only if it names something.
   *
   * @return what became of each; those that were refused are still in the journal
   */
  static Answers run(TableOpening opening, ServiceJournal journal) {
    TableOwner owner = new TableOwner(opening, journal);
    try {
      List<TableChange> removals = new ArrayList<>();
      for (ServiceKey service : journal.services()) {
        removals.add(new TableChange.RemoveService(service));
      }
      Set<SyncRole> running = journal.syncDaemons();
      if (removals.isEmpty() && running.isEmpty()) {
        return Answers.NONE;
      }
      owner.open();
      Map<SyncRole, Optional<KernelError>> stopped = new EnumMap<>(SyncRole.class);
      running.forEach(role -> stopped.put(role, owner.stopSync(role)));
      return new Answers(owner.change(removals, () -> 0), stopped);
    } finally {
      owner.close();
    }
  }
}
