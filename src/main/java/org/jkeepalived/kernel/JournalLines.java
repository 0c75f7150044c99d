package org.jkeepalived.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the journal says: the objects that this daemon put into the kernel, so that a start after
 * SIGKILL also removes those that the configuration no longer names.
 *
 * <p>One line a change: {@code + eth0 10.0.0.1/24} before the kernel is asked to add, {@code -}
 * after it has removed. An object of another subsystem than VRRP has that one's name and a slash
 * before it, {@code + lvs/service: tcp 10.0.0.1:80}; no name of a link holds a slash.
 *
 * <p>COMPAT: VRRP's lines are those of a jkeepalived that kept a journal of addresses only, and
 * whose journal must still be read after it was killed and replaced.
 */
public final class JournalLines {

  /** The subsystem whose objects stand there without a name before them. */
  public static final String VRRP = "vrrp";

  private static final String ADDED = "+ ";
  private static final String REMOVED = "- ";

  private final Set<String> present = new LinkedHashSet<>();

  /** Takes in one line, without its end; anything may stand there. */
  public void read(String line) {
    if (line.startsWith(ADDED)) {
      present.add(line.substring(ADDED.length()));
    } else if (line.startsWith(REMOVED)) {
      present.remove(line.substring(REMOVED.length()));
    }
  }

  /**
   * Takes note of what is about to be added; call it before the kernel is asked.
   *
   * @param owner the subsystem that asks
   * @return the lines to write
   */
  public List<String> adding(String owner, List<KernelRequest> requests) {
    List<String> lines = new ArrayList<>();
    for (KernelRequest request : requests) {
      String object = object(owner, request.object().journalText());
      if (request.isAddition() && present.add(object)) {
        lines.add(ADDED + object);
      }
    }
    return lines;
  }

  /**
   * Takes note of what was removed; call it after the kernel has answered. What is added again
   * within the batch, and what the kernel refused to remove, is still there.
   *
   * @return the lines to write
   */
  public List<String> removed(String owner, List<KernelResult> results) {
    Set<String> gone = new LinkedHashSet<>();
    for (KernelResult result : results) {
      String object = object(owner, result.request().object().journalText());
      if (result.request().isAddition() && !isRefusedRouting(result)) {
        gone.remove(object);
      } else if (!result.request().isAddition() && !result.asWanted()) {
        continue;
      } else {
        gone.add(object);
      }
    }
    return forget(gone);
  }

  /** A route that the kernel has not taken is not there: what it needs may have been gone first. */
  private static boolean isRefusedRouting(KernelResult result) {
    return result.request().isAddition()
        && !result.asWanted()
        && result.request().object().kind() != KernelObject.Kind.ADDRESS;
  }

  /**
   * Forgets everything of a subsystem but {@code kept}: what an earlier run left, and is gone.
   *
   * @param kept {@link KernelObject#journalText}
   * @return the lines to write
   */
  public List<String> retain(String owner, Set<String> kept) {
    return forget(
        present.stream()
            .filter(object -> owner(object).equals(owner) && !kept.contains(text(object)))
            .toList());
  }

  private List<String> forget(Collection<String> objects) {
    List<String> lines = new ArrayList<>();
    for (String object : objects) {
      if (present.remove(object)) {
        lines.add(REMOVED + object);
      }
    }
    return lines;
  }

  /** The objects of a subsystem that are there, as {@link KernelObject#journalText} says them. */
  public Set<String> of(String owner) {
    return present.stream()
        .filter(object -> owner(object).equals(owner))
        .map(JournalLines::text)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The subsystems that have objects there. */
  public Set<String> owners() {
    return present.stream()
        .map(JournalLines::owner)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The shortest text that says the same. */
  public List<String> all() {
    return present.stream().map(object -> ADDED + object).toList();
  }

  /** How many objects are there. */
  public int size() {
    return present.size();
  }

  private static String object(String owner, String text) {
    return owner.equals(VRRP) ? text : owner + "/" + text;
  }

  private static String owner(String object) {
    return ownerLength(object) < 0 ? VRRP : object.substring(0, ownerLength(object));
  }

  private static String text(String object) {
    return object.substring(ownerLength(object) + 1);
  }

  /** The length of the subsystem's name; -1 where there is none before the first space. */
  private static int ownerLength(String object) {
    int space = object.indexOf(' ');
    return object.substring(0, space < 0 ? object.length() : space).indexOf('/');
  }
}
