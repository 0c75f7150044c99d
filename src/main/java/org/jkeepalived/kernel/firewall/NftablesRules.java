package org.jkeepalived.kernel.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.kernel.firewall.NftablesElement.Place;
import org.jkeepalived.model.Firewall;

/** The sets, chains and rules of a table: those of keepalived 2.3, in its order. */
final class NftablesRules {

  private static final String INPUT = "in";
  private static final String OUTPUT = "out";
  private static final String LINK_LOCAL = "_link_local";
  private static final String PARENT_LINK_LOCAL = "parent_link_local";
  private static final String DISCOVERY = "neighbor-discovery";
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
  void addFrame(NftablesScript script) {
    // of all that has that name something is somebody else's: it is not added to
    script.then("create", table());
    if (isIpv6()) {
      set(script, PARENT_LINK_LOCAL, types("ipv6_addr", "ifname"));
    }
    set(script, Place.ANYWHERE.set(), isIpv6() ? "\"ipv6_addr\"" : "\"ipv4_addr\"");
    if (isIpv6()) {
      set(
          script,
          DISCOVERY,
          "\"icmpv6_type\",\"flags\":[\"constant\"],\"elem\":"
              + types("nd-neighbor-solicit", "nd-neighbor-advert"));
    }
    chain(script, OUTPUT, hook("output"));
    chain(script, INPUT, hook("input"));
    if (isIpv6()) {
      chain(script, INPUT + LINK_LOCAL, "");
      chain(script, OUTPUT + LINK_LOCAL, "");
      // COMPAT: keepalived 2.3's, even where no link has a virtual MAC
      rule(
          script,
          OUTPUT,
          List.of(
              match(payload("icmpv6", "type"), "\"nd-neighbor-advert\""),
              match(meta("oifkind"), "\"macvlan\""),
              match(both("saddr", "oifname"), lookup(PARENT_LINK_LOCAL))),
          DROP);
    }
    addressRules(script, OUTPUT, "saddr");
    addressRules(script, INPUT, "daddr");
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
    script.then(
        verb,
        "\"element\":{"
            + within()
            + ",\"name\":"
            + NftablesScript.quoted(elements.get(0).place().set())
            + ",\"elem\":"
            + NftablesScript.list(elements.stream().map(NftablesElement::json).toList())
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
