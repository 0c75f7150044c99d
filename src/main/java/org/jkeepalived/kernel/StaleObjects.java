package org.jkeepalived.kernel;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a killed daemon left in the kernel. */
public final class StaleObjects {

  private StaleObjects() {}

  /**
   * What its last run put there, and what the configuration names.
   *
   * @param present what the kernel has
   * @param journal what the last run wrote down, as {@link JournalLines#of} tells it
   * @param configured what the configuration names
   */
  public static List<PlacedObject> among(
      Collection<PlacedObject> present,
      Set<String> journal,
      Collection<? extends KernelObject> configured) {
    Set<String> stale = new HashSet<>(journal);
    configured.forEach(object -> stale.add(object.journalText()));
    return present.stream().filter(placed -> stale.contains(journalText(placed))).toList();
  }

  /** The same as the journal names them. */
  public static Set<String> journalTexts(Collection<PlacedObject> objects) {
    return objects.stream().map(StaleObjects::journalText).collect(Collectors.toSet());
  }

  private static String journalText(PlacedObject placed) {
    return placed.object().journalText();
  }
}
