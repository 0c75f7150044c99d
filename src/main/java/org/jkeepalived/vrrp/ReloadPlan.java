package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ConfigurationChange;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * The difference of two configurations, instance by instance. A virtual router is the same one
 * while its {@link VrrpInstance.Key} is, and where several have one their peers ({@link
 * Succession}): on the wire it has no name, and another version of it goes on where the old one
 * was. Only what it is called changes, and how it speaks.
 *
 * <p>It is made on another thread than VRRP's: with ten thousand instances comparing takes longer
 * than an advertisement may be late.
 *
 * @param target the configuration to be
 * @param removed what stops
 * @param added what starts
 * @param changed what goes on, otherwise
 * @param kept what does not notice
 * @param mentioned what the target mentions
 * @param statics what differs of static addresses, routes and rules, a line each
 */
public record ReloadPlan(
    Configuration target,
    List<VrrpInstance> removed,
    List<VrrpInstance> added,
    List<Change> changed,
    List<VrrpInstance> kept,
    Mentioned mentioned,
    List<String> statics) {

  private static final int MOST_NEWS = 20;

  /** One virtual router before and after. */
  public record Change(VrrpInstance before, VrrpInstance after) {}

  /**
   * What a configuration mentions.
   *
   * @param links every link that is spoken on or holds addresses
   * @param addresses every virtual address
   */
  record Mentioned(Set<String> links, Set<InetAddress> addresses) {
    static Mentioned by(Configuration configuration) {
      Set<String> links = new HashSet<>();
      Set<InetAddress> addresses = new HashSet<>();
      for (VrrpInstance instance : configuration.instances()) {
        linksOf(instance).forEach(links::add);
        for (VirtualAddress address : instance.addresses().all()) {
          addresses.add(address.address());
        }
      }
      return new Mentioned(links, addresses);
    }
  }

  public static ReloadPlan of(Configuration before, Configuration after) {
    Succession succession = Succession.of(before.instances(), after.instances());
    List<VrrpInstance> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    List<VrrpInstance> kept = new ArrayList<>();
    for (VrrpInstance instance : after.instances()) {
      Optional<VrrpInstance> was = succession.before(instance);
      if (was.isEmpty()) {
        added.add(instance);
      } else if (was.get().equals(instance)) {
        kept.add(instance);
      } else {
        changed.add(new Change(was.get(), instance));
      }
    }
    Set<String> survivors = succession.survivors();
    List<VrrpInstance> removed =
        before.instances().stream().filter(was -> !survivors.contains(was.name())).toList();
    return new ReloadPlan(
        after,
        removed,
        List.copyOf(added),
        List.copyOf(changed),
        List.copyOf(kept),
        Mentioned.by(after),
        changes(before.statics(), after.statics()));
  }

  private static List<String> changes(StaticNetwork before, StaticNetwork after) {
    return before.equals(after)
        ? List.of()
        : ConfigurationChange.between(before, after).stream()
            .map(line -> "changed " + line)
            .toList();
  }

  /** What there is to say of it: {@code 3 kept, 0 changed, 1 added, 0 removed}. */
  public String summary() {
    return kept.size()
        + " kept, "
        + changed.size()
        + " changed, "
        + added.size()
        + " added, "
        + removed.size()
        + " removed";
  }

  /** What is added, changed and how, and removed, a line each. */
  public List<String> details() {
    List<String> lines = new ArrayList<>();
    added.forEach(one -> lines.add(told(one)));
    changed.forEach(one -> lines.add(told(one)));
    removed.forEach(one -> lines.add(gone(one)));
    lines.addAll(statics);
    return lines;
  }

  /**
   * What is removed, takes part in another way in the election or holds other addresses, and what
   * is added; of very much, the beginning.
   */
  public List<String> news() {
    List<Change> telling = changed.stream().filter(ReloadPlan::isTelling).toList();
    int all = removed.size() + telling.size() + added.size() + statics.size();
    List<String> lines = new ArrayList<>();
    Stream.of(
            removed.stream().map(this::gone),
            telling.stream().map(ReloadPlan::told),
            added.stream().map(ReloadPlan::told),
            statics.stream())
        .flatMap(each -> each)
        .limit(MOST_NEWS)
        .forEach(lines::add);
    if (all > MOST_NEWS) {
      lines.add("and " + (all - MOST_NEWS) + " more");
    }
    return lines;
  }

  private static boolean isTelling(Change change) {
    return !change.before().election().equals(change.after().election())
        || !change.before().addresses().equals(change.after().addresses())
        || !change.before().links().equals(change.after().links())
        || !change.before().name().equals(change.after().name());
  }

  /** With the reason, where there is still an instance of that name, and it is another router. */
  private String gone(VrrpInstance one) {
    return "removed "
        + one.name()
        + added.stream()
            .filter(other -> other.name().equals(one.name()))
            .findFirst()
            .map(
                other ->
                    " and added anew, as another virtual router: "
                        + String.join("; ", ConfigurationChange.between(one.key(), other.key())))
            .orElse("");
  }

  private static String told(VrrpInstance added) {
    return "added "
        + added.name()
        + ": VRID "
        + added.key().virtualRouterId()
        + " on "
        + added.key().linkText()
        + ", priority "
        + added.election().priority();
  }

  private static String told(Change change) {
    return "changed "
        + change.before().name()
        + ": "
        + String.join("; ", ConfigurationChange.between(change.before(), change.after()));
  }

  /** What those that go on were called, by their names in the target. */
  Map<String, String> oldNames() {
    Map<String, String> names = new HashMap<>();
    kept.forEach(instance -> names.put(instance.name(), instance.name()));
    changed.forEach(change -> names.put(change.after().name(), change.before().name()));
    return names;
  }

  /** Whether every virtual router stays as it is. */
  boolean changesNothing() {
    return removed.isEmpty() && added.isEmpty() && changed.isEmpty();
  }

  /** What the target's virtual routers hold as masters, and did not before. */
  public Set<KernelObject> newObjects() {
    Set<KernelObject> objects = new LinkedHashSet<>();
    added.forEach(instance -> objects.addAll(InstanceObjects.of(instance)));
    for (Change change : changed) {
      // of routes and rules nobody looks whether they are there: they are added all the same
      objects.addAll(
          KernelAddress.of(AddressDifference.between(change.before(), change.after()).added()));
    }
    return objects;
  }

  /** What those hold as masters that stop, and those that go on otherwise held. */
  public Set<KernelObject> formerObjects() {
    Set<KernelObject> objects = new LinkedHashSet<>();
    removed.forEach(instance -> objects.addAll(InstanceObjects.of(instance)));
    changed.forEach(change -> objects.addAll(InstanceObjects.of(change.before())));
    return objects;
  }

  /**
   * The links whose virtual routers are to be looked at again; those that the target does not
   * mention are not among them.
   */
  Set<String> touchedLinks() {
    return Stream.of(removed.stream(), added.stream(), changed.stream().map(Change::after))
        .flatMap(instances -> instances)
        .flatMap(ReloadPlan::linksOf)
        .filter(mentioned.links()::contains)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The links that an instance speaks on, and those that its addresses are on. */
  static Stream<String> linksOf(VrrpInstance instance) {
    return Stream.of(
            Stream.of(instance.key().interfaceName()),
            instance.links().all().map(VirtualLink::name),
            instance.addresses().all().stream().map(VirtualAddress::device))
        .flatMap(each -> each);
  }
}
