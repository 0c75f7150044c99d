package org.jkeepalived.vrrp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelLink;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.OwnLinks;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * The links that are made for virtual routers (VMACs, ipvlans): there as long as the daemon runs,
 * whoever is master. One that somebody deletes or renames is made again, and one whose base comes
 * later is made then. The settings that their bases need are theirs, too.
 *
 * <p>What one that is down or missing means for a virtual router is found out by {@link
 * LinkSupervision}, as for any link.
 */
public final class VirtualLinks implements KernelBook.Holder, LinkEvents {

  private static final long RETRY_NANOS = 5_000_000_000L;

  /**
   * One link.
   *
   * @param owner the name of the instance that it is made for
   * @param firewall has what the kernel sends on it leave by its base
   */
  private record Wanted(VirtualLink link, String owner, Optional<Firewall> firewall) {}

  private final VrrpContext context;
  private final Links links;
  private final LinkSettingsLook settings;
  private final Runnable settled;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();

  /** The kernel's numbers of those that are there, by their names. */
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /** Those that were asked for, without an answer yet. */
  private final Set<String> asked = new LinkedHashSet<>();

  /** Why those are not there that the kernel has refused. */
  private final Map<String, String> refused = new LinkedHashMap<>();

  /** What was told of those that the kernel has refused, again and again perhaps. */
  private final Map<String, String> toldReasons = new LinkedHashMap<>();

  /** Those that were just made, until they are seen to be up: they are made down. */
  private final Set<String> rising = new LinkedHashSet<>();

  private final VmacDetours detours;
  private final TimerQueue.Timer retry;

  /** What their bases were set to, by the base. */
  private final Map<String, List<KernelObject>> set = new LinkedHashMap<>();

  /** The addresses that advertisements leave them with, by their names. */
  private final Map<String, KernelAddress> ownAddresses = new LinkedHashMap<>();

  /** Bases that are looked at before they are set. */
  private final Set<String> lookedAt = new LinkedHashSet<>();

  private boolean begun;

  /**
   * @param settled is run whenever it is known of one more whether it is there
   */
  public VirtualLinks(
      VrrpContext context, Links links, LinkSettingsLook settings, Runnable settled) {
    this.settled = settled;
    this.context = context;
    this.links = links;
    this.settings = settings;
    detours = new VmacDetours(context.objects());
    retry = context.timers().timer((deadline, now) -> tryAgain());
  }

  // ---- what is to be there ----

  /** Has the links of a configuration there as well, besides those that are there. */
  public void add(Configuration configuration) {
    begun = true;
    for (VrrpInstance instance : configuration.instances()) {
      OwnLinks own = instance.links();
      own.all().forEach(link -> want(new Wanted(link, instance.name(), own.firewall())));
    }
    makeMissing();
  }

  private void want(Wanted one) {
    Wanted before = wanted.get(one.link().name());
    if (before != null && !before.link().equals(one.link())) {
      letGo(before);
    }
    wanted.put(one.link().name(), one);
    if (before != null
        && !before.firewall().equals(one.firewall())
        && indices.containsKey(one.link().name())) {
      detour(one);
    }
  }

  private void detour(Wanted one) {
    one.firewall()
        .ifPresentOrElse(
            firewall -> detours.put(one.link(), firewall), () -> detours.drop(one.link().name()));
  }

  /** Has no others there than those of a configuration. */
  public void keepOnly(Configuration configuration) {
    Set<String> named = new LinkedHashSet<>();
    configuration
        .instances()
        .forEach(instance -> instance.links().all().forEach(link -> named.add(link.name())));
    for (Wanted one : List.copyOf(wanted.values())) {
      if (!named.contains(one.link().name())) {
        letGo(one);
      }
    }
    Set<String> bases = new LinkedHashSet<>();
    wanted.values().forEach(one -> bases.add(one.link().base()));
    for (String base : List.copyOf(set.keySet())) {
      if (!bases.contains(base) && !(base.equals(KernelSetting.ALL) && needsSettings())) {
        context.objects().remove(this, reversed(set.remove(base)));
      }
    }
  }

  private void letGo(Wanted one) {
    String name = one.link().name();
    dropAddress(name);
    detours.drop(name);
    wanted.remove(name);
    refused.remove(name);
    asked.remove(name);
    rising.remove(name);
    if (indices.remove(name) != null) {
      log(Level.INFO, one, "Success removing " + kind(one.link()) + " interface " + name);
    }
    context.objects().remove(this, List.of(new KernelLink(one.link())));
  }

  private static String kind(VirtualLink link) {
    return link.isMacvlan() ? "VMAC" : "IPVLAN";
  }

  /** Nothing is there any more. */
  public void stop() {
    for (Wanted one : List.copyOf(wanted.values())) {
      letGo(one);
    }
    set.values().forEach(objects -> context.objects().remove(this, reversed(objects)));
    set.clear();
    begun = false;
    retry.disarm();
  }

  private static List<KernelObject> reversed(List<KernelObject> objects) {
    List<KernelObject> last = new ArrayList<>(objects);
    Collections.reverse(last);
    return last;
  }

  /**
   * Whether it is known of each of them whether it is there: it is, or the kernel has refused it,
   * or it waits for its base.
   */
  public boolean areSettled() {
    if (!lookedAt.isEmpty() || !asked.isEmpty()) {
      return false;
    }
    return wanted.values().stream().allMatch(this::isSettled);
  }

  private boolean isSettled(Wanted one) {
    String name = one.link().name();
    return refused.containsKey(name)
        || links.named(one.link().base()).isEmpty()
        || indices.containsKey(name) && !(rising.contains(name) && isUsable(one.link().base()));
  }

  private boolean isUsable(String link) {
    return links.named(link).filter(LinkState::usable).isPresent();
  }

  // ---- making them ----

  /** Asks for those that are not there, and whose base is. */
  private void makeMissing() {
    List<Wanted> missing = wanted.values().stream().filter(this::isMissing).toList();
    if (missing.isEmpty()) {
      return;
    }
    missing.forEach(one -> asked.add(one.link().name()));
    make(missing);
  }

  /**
   * Sets the base of one that is there now; before that, there might never be one. Nothing is
   * answered on it yet.
   */
  private void needBase(VirtualLink link) {
    String base = link.base();
    if (!needsSettings(link) || set.containsKey(base) || !lookedAt.add(base)) {
      return;
    }
    settings.at(
        Set.of(base),
        present -> {
          lookedAt.remove(base);
          if (wanted.values().stream().anyMatch(one -> one.link().base().equals(base))) {
            setBase(base, present);
          }
          settled.run();
        });
  }

  /** What is in their way may be gone by now. */
  private void tryAgain() {
    refused.clear();
    makeMissing();
  }

  private boolean isMissing(Wanted one) {
    String name = one.link().name();
    return begun
        && !indices.containsKey(name)
        && !asked.contains(name)
        && !refused.containsKey(name)
        && links.named(one.link().base()).isPresent();
  }

  private boolean needsSettings() {
    return wanted.values().stream().map(Wanted::link).anyMatch(VirtualLinks::needsSettings);
  }

  private static boolean needsSettings(VirtualLink link) {
    return link.isMacvlan() && link.carries(AddressFamily.IPV4);
  }

  private void setBase(String base, Map<KernelSetting.Place, Integer> present) {
    List<KernelObject> all = new ArrayList<>();
    for (KernelSetting setting : BaseSettings.of(present)) {
      // one that is filtered among all would be deaf
      if (!wanted.containsKey(setting.place().link())) {
        boolean ofAll = setting.place().name() == KernelSetting.Name.RP_FILTER;
        String owner = ofAll ? KernelSetting.ALL : setting.place().link();
        all.add(setting);
        set.computeIfAbsent(owner, any -> new ArrayList<>()).add(setting);
      }
    }
    set.computeIfAbsent(base, any -> new ArrayList<>());
    context
        .objects()
        .add(
            this,
            all,
            refusals ->
                refusals.forEach(each -> context.listener().log(Level.WARNING, each.reason())));
  }

  private void make(List<Wanted> missing) {
    for (Wanted one : missing) {
      if (one.equals(wanted.get(one.link().name()))) {
        context
            .objects()
            .add(this, List.of(new KernelLink(one.link())), refusals -> answered(one, refusals));
      }
    }
  }

  private void answered(Wanted one, List<Refusal> refusals) {
    String name = one.link().name();
    if (!one.equals(wanted.get(name))) {
      return;
    }
    asked.remove(name);
    if (refusals.isEmpty()) {
      toldReasons.remove(name);
      rising.add(name);
      log(Level.INFO, one, "Success creating " + kind(one.link()) + " interface " + name);
      needBase(one.link());
      links.named(name).ifPresent(this::linkChanged);
      return;
    }
    String reason = refusals.get(0).reason();
    refused.put(name, reason);
    boolean told = reason.equals(toldReasons.put(name, reason));
    retry.arm(context.nowNanos() + RETRY_NANOS);
    if (!told && links.named(one.link().base()).isPresent()) {
      log(Level.ERROR, one, reason);
    }
    settled.run();
  }

  // ---- what others do to them ----

  @Override
  public void objectLost(KernelObject object) {
    if (object instanceof KernelLink lost) {
      if (asked.contains(lost.name())) {
        // it was there for a moment, and could not be set up
        return;
      }
      indices.remove(lost.name());
      ownAddresses.remove(lost.name());
      rising.remove(lost.name());
      makeMissing();
    } else if (object instanceof KernelAddress) {
      ownAddresses.values().removeIf(object::equals);
      followAddresses();
    }
  }

  @Override
  public void linkChanged(LinkState link) {
    if (wanted.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Integer> known : List.copyOf(indices.entrySet())) {
      if (known.getValue() == link.index() && !known.getKey().equals(link.name())) {
        renamed(wanted.get(known.getKey()), link.name());
      }
    }
    Wanted one = wanted.get(link.name());
    if (asked.contains(link.name())) {
      // the answer will tell
      return;
    }
    if (refused.containsKey(link.name())) {
      // it is another one of that name: when it is gone, that is found out
      return;
    }
    if (one != null && link.kind().filter(one.link().nature().driver()::equals).isPresent()) {
      boolean isNew = indices.put(link.name(), link.index()) == null;
      boolean risen = link.usable() && rising.remove(link.name());
      if (isNew) {
        detour(one);
        followAddresses();
      }
      if (isNew || risen) {
        settled.run();
      }
      if (!isNew) {
        keepMac(one, link);
      }
    } else {
      makeMissing();
    }
  }

  /** COMPAT: keepalived goes on with a MAC address that somebody else has set. */
  private void keepMac(Wanted one, LinkState link) {
    Optional<String> wantedMac = one.link().mac();
    String mac = HexFormat.ofDelimiter(":").formatHex(link.mac());
    if (wantedMac.isPresent() && !wantedMac.get().equals(mac)) {
      log(
          Level.WARNING,
          one,
          "the MAC address of " + link.name() + " was set to " + mac + ", putting it back");
      context
          .objects()
          .add(
              this,
              List.of(new KernelLink(one.link())),
              refusals -> refusals.forEach(each -> log(Level.ERROR, one, each.reason())));
    }
  }

  /**
   * COMPAT: keepalived goes on, deaf, with one that it can neither use nor make again, for the MAC
   * address is taken.
   */
  private void renamed(Wanted one, String name) {
    VirtualLink link = one.link();
    context
        .listener()
        .log(Level.INFO, "Interface name has changed from " + link.name() + " to " + name);
    indices.remove(link.name());
    ownAddresses.remove(link.name());
    VirtualLink moved =
        new VirtualLink(
            name, link.base(), link.nature(), link.families(), link.group(), link.notifies());
    List<KernelObject> object = List.of(new KernelLink(moved));
    context.objects().add(this, object, refusals -> context.objects().remove(this, object));
  }

  @Override
  public void linkRemoved(LinkState link) {
    indices.values().removeIf(index -> index == link.index());
    if (links.numbered(link.index()).isEmpty()) {
      // the kernel has removed with it what it was set to
      set.remove(link.name());
    }
  }

  @Override
  public void resynchronised() {
    indices.entrySet().removeIf(known -> links.numbered(known.getValue()).isEmpty());
    makeMissing();
    followAddresses();
  }

  // ---- addresses of their own ----

  private void followAddresses() {
    for (Wanted one : wanted.values()) {
      VirtualLink link = one.link();
      if (indices.containsKey(link.name())) {
        Optional<KernelAddress> next = ownAddress(link);
        Optional<KernelAddress> now = Optional.ofNullable(ownAddresses.get(link.name()));
        if (next.isPresent() && !next.equals(now)) {
          dropAddress(link.name());
          ownAddresses.put(link.name(), next.get());
          context
              .objects()
              .add(
                  this,
                  List.of(next.get()),
                  refusals -> refusals.forEach(each -> log(Level.WARNING, one, each.reason())));
        }
      }
    }
  }

  private void dropAddress(String name) {
    Optional.ofNullable(ownAddresses.remove(name))
        .ifPresent(address -> context.objects().remove(this, List.of(address)));
  }

  /**
   * That of an ipvlan. A VMAC has none, though keepalived 2.2.7 gives one of IPv6 its base's
   * link-local address, and has nftables drop what the kernel would send for it: reports of its
   * groups and solicitations of routers, from the virtual MAC address, and by backups, too.
   * Advertisements come from the base's address all the same.
   */
  private static Optional<KernelAddress> ownAddress(VirtualLink link) {
    return link.nature() instanceof VirtualLink.Ipvlan ipvlan
        ? ipvlan.address().map(own -> on(link, own, ipvlan.prefixLength()))
        : Optional.empty();
  }

  private static KernelAddress on(VirtualLink link, InetAddress address, int prefixLength) {
    boolean ipv6 = address instanceof Inet6Address;
    return new KernelAddress(
        new VirtualAddress(
            address,
            prefixLength,
            link.name(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            ipv6 ? Set.of(VirtualAddress.Flag.NODAD) : Set.of(),
            true,
            OptionalLong.empty()));
  }

  private void log(Level level, Wanted one, String line) {
    context.listener().log(level, "(" + one.owner() + "): " + line);
  }
}
