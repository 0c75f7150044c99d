package org.jkeepalived.kernel.firewall;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelDetour;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;

/**
 * A table of nftables as it is to be, and the commands that make it so. Its sets, chains and rules
 * are those of keepalived, by their names.
 */
public final class NftablesTable {

  private final AddressFamily family;
  private final Firewall.Nftables settings;
  private final NftablesRules rules;

  /** What is in the sets, by what it was put there for. */
  private final Map<KernelBlock.Key, NftablesElement> elements = new LinkedHashMap<>();

  /** The numbers of bases by those of their VMACs. */
  private final Map<Integer, Integer> bases = new LinkedHashMap<>();

  /** What it is for. */
  private final Set<KernelFilter.Purpose> purposes = EnumSet.noneOf(KernelFilter.Purpose.class);

  /** The sets of link-local addresses are there from the first such address on. */
  private final Set<NftablesElement.Place> linkSets = EnumSet.noneOf(NftablesElement.Place.class);

  /** A table without an address. */
  public NftablesTable(KernelFilter filter) {
    family = filter.family();
    settings = (Firewall.Nftables) filter.firewall();
    rules = new NftablesRules(family(), settings);
    purposes.add(filter.purpose());
  }

  /** Whether it is set as a filter is to be, whatever that is for. */
  public boolean isSetAs(KernelFilter filter) {
    return family == filter.family() && settings.equals(filter.firewall());
  }

  /** Whether it does what a filter is for. */
  public boolean serves(KernelFilter filter) {
    return isSetAs(filter) && purposes.contains(filter.purpose());
  }

  /** From now on it does what a filter is for, too: it has to be made anew for that. */
  public void serve(KernelFilter filter) {
    purposes.add(filter.purpose());
  }

  /**
   * It does not do that any more.
   *
   * @return whether it is for something else: it has to be made anew then
   */
  public boolean serveNoMore(KernelFilter filter) {
    purposes.remove(filter.purpose());
    return !purposes.isEmpty();
  }

  /** {@code ip} or {@code ip6}. */
  public String family() {
    return family(family);
  }

  private static String family(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "ip" : "ip6";
  }

  /** As the operator calls it. */
  public String name() {
    return settings.table();
  }

  /** Takes in an address or a VMAC, and answers the commands for it. */
  public NftablesScript add(PlacedObject placed) {
    if (placed.object() instanceof KernelDetour) {
      return addDetour(placed.linkIndices());
    }
    KernelBlock block = (KernelBlock) placed.object();
    NftablesElement element = NftablesElement.of(placed);
    NftablesScript script = new NftablesScript();
    if (element.place() != NftablesElement.Place.ANYWHERE && linkSets.add(element.place())) {
      rules.addLinkSet(script, element.place());
    }
    if (elements.put(block.key(placed.linkIndices()), element) == null) {
      rules.element(script, "add", List.of(element));
    }
    return script;
  }

  private NftablesScript addDetour(List<Integer> linkIndices) {
    NftablesScript script = new NftablesScript();
    if (bases.put(linkIndices.get(0), linkIndices.get(1)) == null) {
      rules.detours(script, "add", Map.of(linkIndices.get(0), linkIndices.get(1)));
    }
    return script;
  }

  private NftablesScript removeDetour(List<Integer> linkIndices) {
    NftablesScript script = new NftablesScript();
    if (!linkIndices.isEmpty() && bases.containsKey(linkIndices.get(0))) {
      int base = bases.remove(linkIndices.get(0));
      rules.detours(script, "delete", Map.of(linkIndices.get(0), base));
    }
    return script;
  }

  /** Lets go of an address or a VMAC, and answers the commands for it. */
  public NftablesScript remove(PlacedObject placed) {
    if (placed.object() instanceof KernelDetour) {
      return removeDetour(placed.linkIndices());
    }
    KernelBlock block = (KernelBlock) placed.object();
    NftablesElement element = elements.remove(block.key(placed.linkIndices()));
    NftablesScript script = new NftablesScript();
    if (element != null) {
      rules.element(script, "delete", List.of(element));
    }
    return script;
  }

  /** The commands for all that it is, where there is no table of that name. */
  public NftablesScript create() {
    NftablesScript script = new NftablesScript();
    rules.addFrame(script, purposes);
    if (purposes.contains(KernelFilter.Purpose.DETOURS) && !bases.isEmpty()) {
      rules.detours(script, "add", bases);
    }
    if (!purposes.contains(KernelFilter.Purpose.BLOCKS)) {
      return script;
    }
    linkSets.forEach(place -> rules.addLinkSet(script, place));
    for (NftablesElement.Place place : NftablesElement.Place.values()) {
      List<NftablesElement> inThere =
          elements.values().stream().filter(each -> each.place() == place).distinct().toList();
      if (!inThere.isEmpty()) {
        rules.element(script, "add", inThere);
      }
    }
    return script;
  }

  /** The commands that remove a table of that name, whether it is there or not. */
  public NftablesScript delete() {
    NftablesScript script = new NftablesScript();
    return script.then("add", rules.table()).then("delete", rules.table());
  }
}
