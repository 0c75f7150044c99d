package org.jkeepalived.kernel.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.firewall.NftablesElement.Place;
import org.jkeepalived.model.Firewall;

/** The sets, chains and rules of a table: those of keepalived 2.3, in its order. */
final class NftablesRules {

  private static final String INPUT = "in";
  private static final String OUTPUT = "out";
  private static final String LINK_LOCAL = "_link_local";
  private static final String PARENT_LINK_LOCAL = "parent_link_local";
  private static final String DISCOVERY = "neighbor-discovery";
  private static final String REPORTS = "mld-report";
  private static final String BASES = "vmac_map";
  private static final String VMACS = "vmac_set";
  private static final String LINK = "\"iface_index\"";
  private static final String ON_VMAC = match(meta("oifkind"), "\"macvlan\"");
  private static final String DROP = "{\"drop\":null}";

  private final String family;
  private final Firewall.Nftables settings;

  NftablesRules(String family, Firewall.Nftables settings) {
    this.family = family;
    this.settings = settings;
  }

  private String familyText() {
    return "\"family\":" + NftablesScript.quoted(family);
  }

  /** How the table is named in commands. */
  String table() {
    return "\"table\":{" + familyText() + ",\"name\":" + name() + "}";
  }

  private String name() {
    return NftablesScript.quoted(settings.table());
  }

  private String within() {
    return familyText() + ",\"table\":" + name();
  }

  private boolean isIpv6() {
    return family.equals("ip6");
  }

  /** All but what is for link-local addresses alone. */
  void addFrame(NftablesScript script, Set<KernelFilter.Purpose> purposes) {
    boolean blocks = purposes.contains(KernelFilter.Purpose.BLOCKS);
    boolean detours = purposes.contains(KernelFilter.Purpose.DETOURS);
    // of all that has that name something is somebody else's: it is not added to
    script.then("create", table());
    if (isIpv6()) {
      set(
          script,
          PARENT_LINK_LOCAL,
          types("ipv6_addr", settings.byNumber() ? "iface_index" : "ifname"));
    }
    if (detours) {
      detourSets(script);
    }
    if (blocks) {
      blockSets(script);
    }
    chain(script, OUTPUT, hook("output"));
    if (blocks) {
      chain(script, INPUT, hook("input"));
    }
    if (blocks && isIpv6()) {
      chain(script, INPUT + LINK_LOCAL, "");
      chain(script, OUTPUT + LINK_LOCAL, "");
    }
    if (isIpv6()) {
      // COMPAT: keepalived 2.3's, even where no link has a virtual MAC
      rule(
          script,
          OUTPUT,
          List.of(
              match(payload("icmpv6", "type"), "\"nd-neighbor-advert\""),
              ON_VMAC,
              match(
                  both("saddr", settings.byNumber() ? "oif" : "oifname"),
                  lookup(PARENT_LINK_LOCAL))),
          DROP);
    }
    if (detours) {
      detourRules(script);
    }
    if (blocks) {
      addressRules(script, OUTPUT, "saddr");
      addressRules(script, INPUT, "daddr");
    }
  }

  private void detourSets(NftablesScript script) {
    script.then(
        "add",
        "\"map\":{"
            + within()
            + ",\"name\":\""
            + BASES
            + "\",\"type\":"
            + LINK
            + ",\"map\":"
            + LINK
            + "}");
    if (isIpv6()) {
      set(script, VMACS, LINK);
      set(
          script,
          REPORTS,
          "\"icmpv6_type\",\"flags\":[\"constant\"],\"elem\":"
              + types("mld-listener-report", "mld2-listener-report"));
    }
  }

  private void blockSets(NftablesScript script) {
    set(script, Place.ANYWHERE.set(), isIpv6() ? "\"ipv6_addr\"" : "\"ipv4_addr\"");
    if (isIpv6()) {
      set(
          script,
          DISCOVERY,
          "\"icmpv6_type\",\"flags\":[\"constant\"],\"elem\":"
              + types("nd-neighbor-solicit", "nd-neighbor-advert"));
    }
  }

  /** Reports of groups leave by the VMAC's base; nobody asks for routers from a VMAC. */
  private void detourRules(NftablesScript script) {
    String reports =
        isIpv6()
            ? match(payload("icmpv6", "type"), lookup(REPORTS))
            : match(payload("ip", "protocol"), "\"igmp\"");
    String byBase =
        "{\"dup\":{\"addr\":"
            + payload(family, "daddr")
            + ",\"dev\":{\"map\":{\"key\":"
            + meta("oif")
            + ",\"data\":"
            + lookup(BASES)
            + "}}}}";
    rule(script, OUTPUT, List.of(reports, ON_VMAC, byBase), DROP);
    if (isIpv6()) {
      rule(
          script,
          OUTPUT,
          List.of(
              match(payload("icmpv6", "type"), "\"nd-router-solicit\""),
              ON_VMAC,
              match(meta("oif"), lookup(VMACS))),
          DROP);
    }
  }

  /**
   * Adds or deletes VMACs and their bases.
   *
   * @param bases the number of the base by that of the VMAC
   */
  void detours(NftablesScript script, String verb, Map<Integer, Integer> bases) {
    elements(
        script,
        verb,
        BASES,
        bases.entrySet().stream()
            .map(
                each ->
                    NftablesScript.list(List.of(number(each.getKey()), number(each.getValue()))))
            .toList());
    if (isIpv6()) {
      elements(script, verb, VMACS, bases.keySet().stream().map(NftablesRules::number).toList());
    }
  }

  private static String number(int linkIndex) {
    return NftablesScript.quoted(Integer.toString(linkIndex));
  }

  private void addressRules(NftablesScript script, String chain, String field) {
    if (isIpv6()) {
      rule(
          script,
          chain,
          List.of(match(payload("icmpv6", "type"), lookup(DISCOVERY))),
          "{\"accept\":null}");
      rule(
          script,
          chain,
          List.of(match(payload(family, field), "{\"prefix\":{\"addr\":\"fe80::\",\"len\":10}}")),
          "{\"goto\":{\"target\":\"" + chain + LINK_LOCAL + "\"}}");
    }
    rule(script, chain, List.of(match(payload(family, field), lookup(Place.ANYWHERE.set()))), DROP);
  }

  /** A set of link-local addresses, and the rules that look into it. */
  void addLinkSet(NftablesScript script, Place place) {
    set(script, place.set(), types("ipv6_addr", place.linkType()));
    linkRule(script, INPUT, both("daddr", place.from()), place);
    linkRule(script, OUTPUT, both("saddr", place.to()), place);
  }

  private void linkRule(NftablesScript script, String chain, String what, Place place) {
    rule(script, chain + LINK_LOCAL, List.of(match(what, lookup(place.set()))), DROP);
  }

  /** Adds or deletes elements of one set. */
  void element(NftablesScript script, String verb, List<NftablesElement> elements) {
    elements(
        script,
        verb,
        elements.get(0).place().set(),
        elements.stream().map(NftablesElement::json).toList());
  }

  private void elements(NftablesScript script, String verb, String set, List<String> elements) {
    script.then(
        verb,
        "\"element\":{"
            + within()
            + ",\"name\":"
            + NftablesScript.quoted(set)
            + ",\"elem\":"
            + NftablesScript.list(elements)
            + "}");
  }

  private static String types(String one, String other) {
    return NftablesScript.list(List.of(NftablesScript.quoted(one), NftablesScript.quoted(other)));
  }

  private void set(NftablesScript script, String name, String type) {
    script.then(
        "add", "\"set\":{" + within() + ",\"name\":\"" + name + "\",\"type\":" + type + "}");
  }

  private String hook(String hook) {
    return ",\"type\":\"filter\",\"hook\":\""
        + hook
        + "\",\"prio\":"
        + settings.priority()
        + ",\"policy\":\"accept\"";
  }

  private void chain(NftablesScript script, String name, String hook) {
    script.then("add", "\"chain\":{" + within() + ",\"name\":\"" + name + "\"" + hook + "}");
  }

  private void rule(NftablesScript script, String chain, List<String> matches, String verdict) {
    List<String> expressions = new ArrayList<>(matches);
    if (settings.counted()) {
      expressions.add("{\"counter\":null}");
    }
    expressions.add(verdict);
    script.then(
        "add",
        "\"rule\":{"
            + within()
            + ",\"chain\":\""
            + chain
            + "\",\"expr\":"
            + NftablesScript.list(expressions)
            + "}");
  }

  private static String match(String left, String right) {
    return "{\"match\":{\"op\":\"==\",\"left\":" + left + ",\"right\":" + right + "}}";
  }

  private static String lookup(String set) {
    return "\"@" + set + "\"";
  }

  private static String payload(String protocol, String field) {
    return "{\"payload\":{\"protocol\":\"" + protocol + "\",\"field\":\"" + field + "\"}}";
  }

  private static String meta(String key) {
    return "{\"meta\":{\"key\":\"" + key + "\"}}";
  }

  /** An address, and the link that the packet takes. */
  private String both(String field, String key) {
    return "{\"concat\":" + NftablesScript.list(List.of(payload(family, field), meta(key))) + "}";
  }
}
