package org.jkeepalived.host.lvs.ipvs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.host.kernel.LineJournal;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.lvs.TableNamespace;

/**
 * The services that this daemon put into the kernel, so that the next start knows those of a run
 * that was killed, or that left them on purpose. Their real servers go with them.
 *
 * <p>One line a change: {@code + tcp 10.0.0.1 80} before the kernel is asked, {@code -} after it
 * has removed; before them all {@code @ NAME}, where they are in the table of a network namespace
 * of that name, {@code @} for the one that the daemon was started in. A service that is only
 * changed is written down as well: whoever changes it has made it its own.
 */
final class ServiceJournal implements AutoCloseable {

  private static final String ADDED = "+ ";
  private static final String REMOVED = "- ";
  private static final String SYNC = "sync ";
  private static final String NAMESPACE = "@ ";

  private Optional<TableNamespace> namespace = Optional.empty();
  private final Set<ServiceKey> present = new LinkedHashSet<>();
  private final Set<SyncRole> syncDaemons = EnumSet.noneOf(SyncRole.class);
  private final LineJournal file;

  private ServiceJournal(Path path) {
    file =
        new LineJournal(
            path,
            new LineJournal.Content() {
              @Override
              public List<String> all() {
                return whole();
              }

              @Override
              public int size() {
                return present.size() + syncDaemons.size();
              }
            },
            "IPVS services");
  }

  /** Opens it, with what the last run has left in it. */
  static ServiceJournal open(Path path) {
    ServiceJournal journal = new ServiceJournal(path);
    LineJournal.read(path, journal::read);
    journal.file.begin();
    return journal;
  }

  private void read(String line) {
    if (line.startsWith(ADDED)) {
      ServiceLine.parse(line.substring(ADDED.length())).ifPresent(present::add);
      syncRole(line.substring(ADDED.length())).ifPresent(syncDaemons::add);
    } else if (line.startsWith(REMOVED)) {
      ServiceLine.parse(line.substring(REMOVED.length())).ifPresent(present::remove);
      syncRole(line.substring(REMOVED.length())).ifPresent(syncDaemons::remove);
    } else if (line.startsWith(NAMESPACE)) {
      String name = line.substring(NAMESPACE.length());
      namespace = Optional.of(new TableNamespace(Optional.of(name).filter(n -> !n.isEmpty())));
    }
  }

  private static Optional<SyncRole> syncRole(String text) {
    return Stream.of(SyncRole.values())
        .filter(role -> text.equals(SYNC.concat(role.text())))
        .findFirst();
  }

  private static String line(String before, SyncRole role) {
    return before + SYNC + role.text();
  }

  /** The sync daemons that run. */
  Set<SyncRole> syncDaemons() {
    return EnumSet.copyOf(syncDaemons);
  }

  /** Takes note of a sync daemon that is about to start; call it before the kernel is asked. */
  void starting(SyncRole role) {
    if (syncDaemons.add(role)) {
      file.append(List.of(line(ADDED, role)));
    }
  }

  /** Takes note of a sync daemon that does not run. */
  void stopped(SyncRole role) {
    if (syncDaemons.remove(role)) {
      file.append(List.of(line(REMOVED, role)));
    }
  }

  private List<String> whole() {
    List<String> lines = new ArrayList<>();
    namespace.ifPresent(one -> lines.add(NAMESPACE + one.name().orElse("")));
    lines.addAll(lines(ADDED, present));
    syncDaemons.forEach(role -> lines.add(line(ADDED, role)));
    return lines;
  }

  /** Whose table they are in; empty for that of the daemon's own namespace. */
  Optional<TableNamespace> namespace() {
    return namespace;
  }

  /** What comes from now on is in another table; what is in the last one is forgotten. */
  void moveTo(Optional<TableNamespace> other) {
    if (!other.equals(namespace)) {
      present.clear();
      syncDaemons.clear();
      namespace = other;
      file.begin();
    }
  }

  /** The services that are there, in the order in which they came. */
  Set<ServiceKey> services() {
    return new LinkedHashSet<>(present);
  }

  /**
   * Takes note of what is about to come; call it before the kernel is asked.
   *
   * @return those that were not there before
   */
  Set<ServiceKey> adding(List<TableChange> changes) {
    Set<ServiceKey> added = new LinkedHashSet<>();
    for (TableChange change : changes) {
      if (brings(change) && present.add(change.service())) {
        added.add(change.service());
      }
    }
    file.append(lines(ADDED, added));
    return added;
  }

  /**
   * Takes note of what the kernel has answered.
   *
   * @param added what {@link #adding} has returned: of these go those that did not come
   */
  void answered(List<TableAnswer> answers, Set<ServiceKey> added) {
    Map<ServiceKey, Boolean> there = new LinkedHashMap<>();
    for (TableAnswer answer : answers) {
      ServiceKey service = answer.change().service();
      boolean asWanted = answer.outcome() != Outcome.REFUSED;
      if (brings(answer.change())) {
        boolean came = asWanted && answer.outcome() != Outcome.NOT_THERE;
        there.merge(service, came || !added.contains(service), (before, now) -> before || came);
      } else if (answer.change() instanceof TableChange.RemoveService && asWanted) {
        there.put(service, false);
      }
    }
    forget(there.keySet().stream().filter(service -> !there.get(service)).toList());
  }

  private static boolean brings(TableChange change) {
    return change instanceof TableChange.AddService || change instanceof TableChange.EditService;
  }

  /** Forgets all but these: what an earlier run left, and is gone. */
  void retain(Set<ServiceKey> kept) {
    forget(present.stream().filter(service -> !kept.contains(service)).toList());
  }

  private void forget(Collection<ServiceKey> services) {
    List<ServiceKey> gone = new ArrayList<>(services);
    gone.removeIf(service -> !present.remove(service));
    file.append(lines(REMOVED, gone));
  }

  private static List<String> lines(String before, Collection<ServiceKey> services) {
    return services.stream().map(service -> before.concat(ServiceLine.text(service))).toList();
  }

  boolean isBehind() {
    return file.isBehind();
  }

  void catchUp() {
    file.catchUp();
  }

  /** Closes the file; an empty one is removed. */
  @Override
  public void close() {
    file.close();
  }
}
