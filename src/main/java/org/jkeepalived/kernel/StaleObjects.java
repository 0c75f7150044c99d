package org.jkeepalived.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  /**
   * What the last run wrote down besides addresses: the journal names all that the kernel needs to
   * find it, which spares looking at tables of a million routes. What was on links that are gone is
   * gone with them.
   *
   * @param linkIndex the number of the link of that name
   */
  public static List<PlacedObject> written(
      Collection<String> journal, Function<String, Optional<Integer>> linkIndex) {
    return journal.stream()
        .flatMap(line -> read(line).stream())
        .flatMap(object -> place(object, linkIndex).stream())
        .toList();
  }

  /**
   * In the order in which they are to go: rules and routes first, for some lead over the addresses;
   * settings last, for one of them says what goes with a subnet's first address.
   *
   * @param written what the journal names besides addresses, in its order
   */
  public static List<PlacedObject> inOrderOfRemoval(
      Collection<PlacedObject> written, Collection<PlacedObject> addresses) {
    List<PlacedObject> reversed = new ArrayList<>(written);
    Collections.reverse(reversed);
    List<PlacedObject> all = new ArrayList<>();
    reversed.stream().filter(placed -> !isSetting(placed)).forEach(all::add);
    all.addAll(addresses);
    reversed.stream().filter(StaleObjects::isSetting).forEach(all::add);
    return all;
  }

  private static boolean isSetting(PlacedObject placed) {
    return placed.object().kind() == KernelObject.Kind.SETTING;
  }

  /** What a line of the journal names; empty for addresses, and what is none of ours. */
  public static Optional<KernelObject> read(String line) {
    return JournalRoute.read(line)
        .<KernelObject>map(KernelRoute::new)
        .or(() -> JournalRule.read(line).map(KernelRule::new))
        .or(() -> JournalLink.read(line).map(KernelLink::new))
        .or(() -> KernelSetting.read(line))
        .or(() -> JournalFirewall.read(line));
  }

  private static Optional<PlacedObject> place(
      KernelObject object, Function<String, Optional<Integer>> linkIndex) {
    List<Integer> indices =
        object.links().stream().flatMap(name -> linkIndex.apply(name).stream()).toList();
    return indices.size() == object.links().size()
        ? Optional.of(new PlacedObject(object, indices))
        : Optional.empty();
  }

  /** The same as the journal names them. */
  public static Set<String> journalTexts(Collection<PlacedObject> objects) {
    return objects.stream().map(StaleObjects::journalText).collect(Collectors.toSet());
  }

  private static String journalText(PlacedObject placed) {
    return placed.object().journalText();
  }
}
