package org.jkeepalived.host.lvs.ipvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.model.lvs.TableNamespace;

/** Removes exactly those of nftables' tables that the journal of a daemon names. */
public final class MarkRelease {

  private MarkRelease() {}

  /**
   * Removes them, where the daemon had its IPVS table: in the network namespace of the calling
   * thread, unless its journal names another one. The caller makes sure that the daemon does not
   * run.
   */
  public static Released run(JournalPath path) {
    return run(MarkOwner.ofKernel(namespace(path), path));
  }

  private static Optional<TableNamespace> namespace(JournalPath path) {
    if (!path.services().toFile().exists()) {
      return Optional.empty();
    }
    try (ServiceJournal journal = ServiceJournal.open(path.services())) {
      return journal.namespace();
    }
  }

  /** Closes the owner; those that were refused are still in its journal. */
  static Released run(MarkOwner owner) {
    List<String> removed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try {
      owner
          .removeLeft(Set.of())
          .forEach(
              (table, error) -> {
                String name = "nftables table " + table.text();
                error.ifPresentOrElse(
                    why -> refused.add("cannot remove " + name + ": " + why.text()),
                    () -> removed.add(name));
              });
    } finally {
      owner.close();
    }
    return new Released(removed, refused);
  }
}
