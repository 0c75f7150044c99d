package org.jkeepalived.kernel.firewall;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;

/**
 * A table of nftables as it is to be, and the commands that make it so. Its sets, chains and rules
 * are those of keepalived, by their names.
 */
public final class NftablesTable {

  private final KernelFilter filter;
  private final Firewall.Nftables settings;
  private final NftablesRules rules;

  /** What is in the sets, by what it was put there for. */
  private final Map<KernelBlock.Key, NftablesElement> elements = new LinkedHashMap<>();

  /** The sets of link-local addresses are there from the first such address on. */
  private final Set<NftablesElement.Place> linkSets = EnumSet.noneOf(NftablesElement.Place.class);

  /** A table without an address. */
  public NftablesTable(KernelFilter filter) {
    this.filter = filter;
    settings = (Firewall.Nftables) filter.firewall();
    rules = new NftablesRules(family(), settings);
  }

  /** What it was made for. */
  public KernelFilter filter() {
    return filter;
  }

  /** {@code ip} or {@code ip6}. */
  public String family() {
    return family(filter.family());
  }

  private static String family(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "ip" : "ip6";
  }

  /** As the operator calls it. */
  public String name() {
    return settings.table();
  }

  /** Takes in an address, and answers the commands for it. */
  public NftablesScript add(PlacedObject placed) {
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

  /** Lets go of an address, and answers the commands for it. */
  public NftablesScript remove(PlacedObject placed) {
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
    rules.addFrame(script);
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
