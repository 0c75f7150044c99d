package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.model.routing.StaticNetwork.Entry;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * Addresses, routes and rules that are there as long as the daemon runs, whoever is master. One
 * that somebody removes is put back, and one that cannot be there is tried again when links or
 * addresses change; the instances of its track group are in FAULT until then.
 */
final class StaticObjects implements KernelBook.Holder {

  /**
   * One line.
   *
   * @param inWords keepalived's words for it
   * @param farewell what is said when a reload takes it away
   */
  private record Item(
      KernelObject object, String inWords, String farewell, Optional<String> group) {}

  private final VrrpContext context;
  private final Links links;
  private final Function<String, Optional<RunningRouter>> instances;
  private final Map<KernelObject, Item> items = new LinkedHashMap<>();

  /** What is not there, and why. */
  private final Map<KernelObject, String> missing = new LinkedHashMap<>();

  private StaticNetwork network = StaticNetwork.NONE;

  /**
   * @param instances the virtual router of that name
   */
  StaticObjects(
      VrrpContext context, Links links, Function<String, Optional<RunningRouter>> instances) {
    this.context = context;
    this.links = links;
    this.instances = instances;
  }

  private static Stream<Item> items(StaticNetwork network) {
    return Stream.of(
            network.addresses().stream().map(StaticObjects::address),
            network.routes().stream().map(StaticObjects::route),
            network.rules().stream().map(StaticObjects::rule))
        .flatMap(each -> each);
  }

  private static Item address(Entry<VirtualAddress> entry) {
    VirtualAddress address = entry.object();
    String inWords = AddressDifference.inWords(address);
    return new Item(
        new KernelAddress(address),
        "address " + inWords.substring("ip address ".length()) + ofGroup(entry),
        inWords + ", no longer exist",
        entry.group());
  }

  private static Item route(Entry<Route> entry) {
    return new Item(
        new KernelRoute(entry.object()),
        "route " + entry.object().text() + ofGroup(entry),
        RoutingDifference.removed(entry.object()),
        entry.group());
  }

  private static Item rule(Entry<RoutingRule> entry) {
    return new Item(
        new KernelRule(entry.object()),
        "rule " + entry.object().text() + ofGroup(entry),
        RoutingDifference.removed(entry.object()),
        entry.group());
  }

  private static String ofGroup(Entry<?> entry) {
    return entry.group().map(name -> " track_group " + name).orElse("");
  }

  // ---- what is to be there ----

  /** Has exactly that there from now on; what is there already is not touched. */
  void become(StaticNetwork next) {
    Map<KernelObject, Item> wanted = new LinkedHashMap<>();
    items(next).forEach(item -> wanted.putIfAbsent(item.object(), item));
    List<KernelObject> unwanted =
        new ArrayList<>(items.keySet().stream().filter(old -> !wanted.containsKey(old)).toList());
    unwanted.forEach(object -> log(Level.INFO, items.get(object).farewell()));
    letGo(unwanted);
    List<KernelObject> added =
        wanted.keySet().stream().filter(each -> !items.containsKey(each)).toList();
    items.clear();
    items.putAll(wanted);
    network = next;
    ask(added);
  }

  private void letGo(List<KernelObject> objects) {
    // rules before the routes that they lead to, and those before the addresses that they need
    List<KernelObject> last = new ArrayList<>(objects);
    Collections.reverse(last);
    missing.keySet().removeAll(last);
    context.objects().remove(this, last);
  }

  /** Nothing is there any more. */
  void stop() {
    letGo(List.copyOf(items.keySet()));
    items.clear();
    network = StaticNetwork.NONE;
  }

  // ---- what becomes of it ----

  private void ask(List<KernelObject> objects) {
    if (!objects.isEmpty()) {
      context.objects().add(this, objects, refused -> answered(objects, refused));
    }
  }

  private void answered(List<KernelObject> asked, List<Refusal> refused) {
    Map<KernelObject, String> reasons = new LinkedHashMap<>();
    refused.forEach(refusal -> reasons.put(refusal.object(), refusal.reason()));
    for (KernelObject object : asked) {
      Item item = items.get(object);
      if (item == null) {
        continue;
      }
      String reason = reasons.get(object);
      if (reason == null) {
        if (missing.remove(object) != null) {
          log(Level.INFO, "Restoring deleted static " + item.inWords());
        }
      } else if (!reason.equals(missing.put(object, reason))) {
        log(Level.WARNING, reason);
      }
    }
    deriveFaults();
  }

  @Override
  public void objectLost(KernelObject object) {
    Item item = items.get(object);
    if (item != null && object.isTracked()) {
      log(Level.INFO, "Restoring deleted static " + item.inWords());
      ask(List.of(object));
    }
  }

  /**
   * Asks for what may be gone, or may be possible by now: the kernel tells of none of the IPv4
   * routes that it drops with a link.
   *
   * @param onlyMissing nothing is gone
   */
  void inDoubt(boolean onlyMissing) {
    List<KernelObject> asked = new ArrayList<>();
    for (KernelObject object : items.keySet()) {
      boolean down = object.links().stream().anyMatch(this::isDown);
      if (down && object.kind() == KernelObject.Kind.ROUTE && object.isTracked()) {
        missing.putIfAbsent(object, "its link is down");
      } else if (missing.containsKey(object) || !onlyMissing && object.isTracked()) {
        asked.add(object);
      }
    }
    ask(asked);
  }

  /** Whether there is no such link, or it is switched off. */
  private boolean isDown(String link) {
    return links.named(link).filter(LinkState::adminUp).isEmpty();
  }

  // ---- track groups ----

  private void deriveFaults() {
    Map<String, Optional<String>> reasons = new LinkedHashMap<>();
    for (StaticNetwork.TrackGroup group : network.groups()) {
      Optional<String> reason = reason(group.name());
      for (String instance : group.instances()) {
        reasons.merge(instance, reason, (one, other) -> one.isPresent() ? one : other);
      }
    }
    reasons.forEach(
        (name, reason) ->
            instances
                .apply(name)
                .ifPresent(
                    running ->
                        running.setFaults(
                            Map.of(Fault.STATIC_OBJECT, reason), context.nowNanos())));
  }

  /** Why the instances of a group are in FAULT. */
  private Optional<String> reason(String group) {
    return missing.keySet().stream()
        .map(items::get)
        .filter(item -> item != null && item.group().filter(group::equals).isPresent())
        .filter(item -> item.object().isTracked())
        .map(item -> "static " + item.inWords() + " is not there")
        .findFirst();
  }

  private void log(Level level, String line) {
    context.listener().log(level, line);
  }
}
