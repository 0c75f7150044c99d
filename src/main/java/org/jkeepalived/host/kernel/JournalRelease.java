package org.jkeepalived.host.kernel;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jkeepalived.host.kernel.firewall.FirewallWriter;
import org.jkeepalived.kernel.KernelObject;
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
    try (KernelWriter writer = new FirewallWriter(RouteWriter.open());
        KernelJournal journal = KernelJournal.open(path)) {
      Outcome outcome = run(journal, writer, PresentObjects.read(), JournalRelease::linkIndex);
      for (KernelResult result : outcome.results()) {
        switch (result.outcome()) {
          case DONE -> removed.add(result.request().object().text(Operation.REMOVE));
          case REFUSED -> refused.add(result.explanation());
          case ALREADY_THERE, NOT_THERE -> {}
        }
      }
      for (String object : outcome.elsewhere()) {
        refused.add(
            object
                + " is not in this network namespace, which has no interface "
                + link(object)
                + ": release it in that of the daemon (ip netns exec NAME jkeepalived --release …);"
                + " if the interface is gone for good, remove "
                + path.file());
      }
    }
    return new Released(removed, refused);
  }

  /**
   * What has come of it.
   *
   * @param results what became of each object that is here
   * @param elsewhere those on links that are not here, as the journal names them
   */
  record Outcome(List<KernelResult> results, List<String> elsewhere) {}

  private static Optional<Integer> linkIndex(String link) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(link)).map(NetworkInterface::getIndex);
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** The links that an object is on; a rule is on none. */
  private static List<String> links(String object) {
    return StaleObjects.read(object)
        .map(KernelObject::links)
        .orElseGet(() -> List.of(object.split(" ", 2)[0]));
  }

  private static String link(String object) {
    return links(object).get(0);
  }

  /**
   * @param present what the kernel has
   * @param linkIndex the number of the link of that name
   * @return those that were refused, and those elsewhere, are still in the journal
   */
  static Outcome run(
      KernelJournal journal,
      KernelWriter writer,
      Collection<PlacedObject> present,
      Function<String, Optional<Integer>> linkIndex) {
    List<KernelResult> all = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    for (String owner : journal.owners()) {
      Set<String> written = journal.of(owner);
      List<PlacedObject> ours =
          StaleObjects.inOrderOfRemoval(
              StaleObjects.written(written, linkIndex),
              StaleObjects.among(present, written, List.of()));
      List<KernelRequest> removals = ours.stream().map(PlacedObject::remove).toList();
      List<KernelResult> results = writer.write(removals);
      // what is gone already may come back as somebody else's
      Set<String> kept = new HashSet<>(StaleObjects.journalTexts(ours));
      for (String object : journal.of(owner)) {
        boolean isElsewhere =
            links(object).stream().anyMatch(link -> linkIndex.apply(link).isEmpty());
        if (!kept.contains(object) && isElsewhere) {
          kept.add(object);
          elsewhere.add(object);
        }
      }
      journal.retain(owner, kept);
      journal.answered(owner, results);
      all.addAll(results);
    }
    return new Outcome(all, elsewhere);
  }
}
