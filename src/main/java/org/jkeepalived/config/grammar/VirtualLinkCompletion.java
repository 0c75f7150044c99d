package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.OwnLinks;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VirtualLink.Ipvlan;
import org.jkeepalived.model.VirtualLink.Macvlan;

/** Decides which links an instance has made for it, and which of its addresses go to them. */
final class VirtualLinkCompletion {

  private final InstanceDraft draft;
  private final VirtualLinkDraft wanted;
  private final VirtualLinkNames names;
  private final String base;
  private final AddressFamily family;
  private final int virtualRouterId;
  private final GrammarReport report;

  /** The name of the one that it speaks on; empty where there is none. */
  private Optional<String> speaking = Optional.empty();

  /** Those of addresses, by what makes them the same. */
  private final Map<Place, Other> others = new LinkedHashMap<>();

  private record Place(String base, Macvlan nature) {}

  private record Other(String name, Set<AddressFamily> families) {}

  /**
   * @param base the link that the instance speaks on; empty for none
   * @param names those that are taken
   */
  VirtualLinkCompletion(
      InstanceDraft draft, String base, VirtualLinkNames names, GrammarReport report) {
    this.draft = draft;
    this.wanted = draft.links;
    this.names = names;
    this.base = base;
    this.family = draft.familyOrDefault();
    this.virtualRouterId = draft.virtualRouterId.orElseThrow();
    this.report = report;
  }

  /** What shows at the closing brace of an instance: whether its link may be called that. */
  static void end(InstanceDraft draft, VirtualLinkNames names, GrammarReport report) {
    if (draft.links.name.isEmpty()) {
      return;
    }
    Token word = draft.links.name.get();
    String name = word.text();
    Optional<String> owner = names.owner(name);
    String who = "(" + draft.name() + ") ";
    if (owner.isPresent()) {
      report.warn(
          word,
          "bad-vmac",
          who + "VRRP instance " + owner.get() + " is already using " + name + " - ignoring name");
      draft.links.name = Optional.empty();
    } else if (!draft.links.ipvlan && names.isForeign(name, draft.links.mac)) {
      report.warn(
          word,
          "bad-vmac",
          who
              + "interface "
              + name
              + " already exists and is not a private macvlan; ignoring vmac if_name");
      draft.links.name = Optional.empty();
    } else {
      names.take(name, draft.name());
    }
  }

  // ---- what is wrong ----

  /** Corrects what does not fit together, in keepalived's words. */
  void check(boolean strict) {
    if (wanted.isWanted() && base.isEmpty()) {
      warn("use_vmac", "vmac-without-interface", "use_vmac needs an interface - ignoring");
      wanted.macvlan = false;
      wanted.ipvlan = false;
    }
    if (wanted.ipvlan) {
      wanted.macvlan = false;
      if (family == AddressFamily.IPV4 && wanted.address.isEmpty()) {
        warn(
            "use_ipvlan",
            "ipvlan-without-address",
            "IPv4 ipvlan requires a source ip address to be configured. setting instance to fault"
                + " state");
      }
    }
    if (wanted.transmitsOnBase && !wanted.macvlan) {
      warn("vmac_xmit_base", "xmit-base-alone", "vmac_xmit_base is only valid with a vmac");
      wanted.transmitsOnBase = false;
    }
    if (wanted.transmitsOnBase && strict) {
      warn(
          "vmac_xmit_base",
          "strict-xmit-base",
          "xmit_base is incompatible with strict mode - resetting");
      wanted.transmitsOnBase = false;
    }
    if (wanted.macvlan && draft.unicast.hasPeers() && !wanted.transmitsOnBase) {
      warn(
          "use_vmac",
          "vmac-with-unicast",
          "unicast with use_vmac requires vmac_xmit_base - setting");
      wanted.transmitsOnBase = true;
    }
  }

  private void warn(String keyword, String code, String message) {
    report.whole(
        draft.placeOf(keyword), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }

  // ---- addresses ----

  /** The addresses on the links that they go to. */
  List<VirtualAddress> place(List<VirtualAddressLine.Result> lines, String link) {
    if (speaking.isEmpty() && wanted.isWanted()) {
      speaking = Optional.of(speakingName());
    }
    List<VirtualAddress> placed = new ArrayList<>(lines.size());
    for (VirtualAddressLine.Result line : lines) {
      placed.add(line.address().on(device(line, link)));
    }
    return placed;
  }

  private String speakingName() {
    return wanted
        .name
        .map(Token::text)
        .orElseGet(() -> names.next(draft.name(), family, virtualRouterId, macvlan(family).mac()));
  }

  private String device(VirtualAddressLine.Result line, String link) {
    String under = line.device().map(Token::text).orElse(link);
    AddressFamily own = AddressFamily.of(line.address().address());
    boolean atHome = under.equals(base) && own == family;
    if (line.usesVmac() && atHome && wanted.isWanted()) {
      report.whole(
          draft.place,
          Severity.WARNING,
          "vmac-twice",
          "("
              + draft.name()
              + ") use_vmac specified for VIP/eVIP "
              + line.written()
              + " and vrrp instance");
    }
    if (atHome && speaking.isPresent()) {
      // COMPAT: an ipvlan has no more than its own address (keepalived 2.2.7)
      return wanted.ipvlan ? under : speaking.get();
    }
    if (line.usesVmac() || wanted.everywhere && !atHome) {
      return other(under, own);
    }
    return under;
  }

  private String other(String under, AddressFamily own) {
    Macvlan nature = macvlan(own);
    Other there =
        others.computeIfAbsent(
            new Place(under, nature),
            place ->
                new Other(
                    names.nextForAddress(draft.name(), own, virtualRouterId, nature.mac()),
                    EnumSet.noneOf(AddressFamily.class)));
    there.families().add(own);
    return there.name();
  }

  private Macvlan macvlan(AddressFamily ofAddress) {
    if (wanted.mac.isEmpty()) {
      return Macvlan.of(ofAddress, virtualRouterId);
    }
    String mac = wanted.mac.get();
    boolean whole = mac.length() == "00:00:00:00:00:00".length();
    return new Macvlan(whole ? mac : mac + String.format(":%02x", virtualRouterId));
  }

  // ---- links ----

  /**
   * The links; to be called when all addresses are {@linkplain #place placed}.
   *
   * @param firewall keepalived's way to keep virtual MAC addresses out of what the kernel sends
   */
  OwnLinks complete(List<VirtualAddress> addresses, Optional<Firewall> firewall) {
    List<VirtualLink> made = new ArrayList<>();
    others.forEach(
        (place, other) ->
            made.add(
                new VirtualLink(
                    other.name(),
                    place.base(),
                    place.nature(),
                    other.families(),
                    OptionalLong.empty(),
                    wanted.notifies)));
    return wanted.isWanted() || !made.isEmpty() || wanted.everywhere
        ? new OwnLinks(
            speaking.map(name -> speaking(name, addresses)),
            wanted.transmitsOnBase,
            made,
            wanted.everywhere,
            firewall)
        : OwnLinks.NONE;
  }

  private VirtualLink speaking(String name, List<VirtualAddress> addresses) {
    Set<AddressFamily> families = EnumSet.of(family);
    addresses.stream()
        .filter(address -> address.device().equals(name))
        .forEach(address -> families.add(AddressFamily.of(address.address())));
    return new VirtualLink(
        name,
        base,
        wanted.ipvlan
            ? new Ipvlan(
                wanted.mode.orElse(VirtualLink.Mode.BRIDGE),
                wanted.address,
                wanted.prefixLength.orElse(family.bits()))
            : macvlan(family),
        families,
        wanted.group,
        wanted.notifies);
  }
}
