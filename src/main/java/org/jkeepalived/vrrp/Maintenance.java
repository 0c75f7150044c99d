package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue.Timer;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * Which virtual routers the operator has taken out. To each of them that is a fault: it resigns
 * with priority 0, holds nothing, and believes nobody until the order ends. Orders hold over
 * reloads, as long as the configuration names the instance, whatever else changes of it; one for
 * all holds for those, too, that a reload adds.
 */
public final class Maintenance {

  private final RouterRegistry registry;
  private final VrrpContext context;
  private final Timer timer;
  private final Map<String, MaintenanceOrder> orders = new LinkedHashMap<>();
  private Optional<MaintenanceOrder> forAll = Optional.empty();

  /** Whose own order has ended before the one for all, which does not hold for them any more. */
  private final Set<String> backBeforeAll = new LinkedHashSet<>();

  private Runnable whenOver = () -> {};

  Maintenance(RouterRegistry registry, VrrpContext context) {
    this.registry = registry;
    this.context = context;
    timer = context.timers().timer((deadline, now) -> endThoseOver(now));
  }

  /** Has somebody hear when orders have ended because their time is over. */
  public void whenOver(Runnable listener) {
    whenOver = listener;
  }

  // ---- who is out, and who could be ----

  /** The orders, by the instances' names. */
  public Map<String, MaintenanceOrder> orders() {
    return new LinkedHashMap<>(orders);
  }

  /** The order for all instances, if there is one: those of each are {@link #orders}. */
  public Optional<MaintenanceOrder> forAll() {
    return forAll;
  }

  /** Those for which the order for all does not hold: their own has ended. */
  public List<String> backBeforeAll() {
    return List.copyOf(backBeforeAll);
  }

  /** All instances, in the file's order. */
  public List<String> everybody() {
    return List.copyOf(registry.byName().keySet());
  }

  /**
   * Whom a name stands for: all members of a sync group, also where it is one member's name, for
   * none of them is master without the others.
   *
   * @param name of an instance or a sync group
   * @return instances; none where nothing has that name
   */
  public List<String> namedBy(String name) {
    Set<String> found = new LinkedHashSet<>();
    for (SyncGroup group : registry.configuration().groups()) {
      if (group.name().equals(name) || group.members().contains(name)) {
        found.addAll(group.members());
      }
    }
    if (found.isEmpty() && registry.byName().containsKey(name)) {
      found.add(name);
    }
    return List.copyOf(found);
  }

  // ---- orders ----

  /** Takes instances out, or has another order hold for those that are out already. */
  public void begin(Collection<String> instances, MaintenanceOrder order) {
    for (String name : instances) {
      orders.put(name, order);
      backBeforeAll.remove(name);
      apply(name, order);
    }
    armNext();
  }

  /** The same for all instances, and for all that a reload adds. */
  public void beginForAll(MaintenanceOrder order) {
    beginForAllBut(Set.of(), order);
  }

  /**
   * The same, but not for some.
   *
   * @param back names; those of no instance are passed over
   */
  public void beginForAllBut(Collection<String> back, MaintenanceOrder order) {
    forAll = Optional.of(order);
    backBeforeAll.clear();
    List<String> others = new ArrayList<>();
    for (String name : everybody()) {
      if (back.contains(name)) {
        backBeforeAll.add(name);
      } else {
        others.add(name);
      }
    }
    begin(others, order);
  }

  private void apply(String name, MaintenanceOrder order) {
    registry
        .named(name)
        .command(router -> router.setFault(Fault.MAINTENANCE, order.text(), context.nowNanos()));
  }

  /**
   * Takes instances back: each is as its links and what it tracks say, and is elected as any other.
   * An order for all is one for those that are still out, and for nobody else, from then on.
   *
   * @param why for the log, such as {@code asked for by root (process 123)}
   */
  public void end(Collection<String> instances, String why) {
    forAll = Optional.empty();
    backBeforeAll.clear();
    instances.forEach(name -> endOne(name, why));
    armNext();
  }

  private void endOne(String name, String why) {
    if (orders.remove(name) == null) {
      return;
    }
    RunningRouter running = registry.named(name);
    running.log(Level.INFO, "maintenance is over, " + why);
    running.command(router -> router.clearFault(Fault.MAINTENANCE, context.nowNanos()));
  }

  // ---- time ----

  private void armNext() {
    long nowNanos = context.nowNanos();
    long next = Long.MAX_VALUE;
    List<MaintenanceOrder> all = new ArrayList<>(orders.values());
    forAll.ifPresent(all::add);
    for (MaintenanceOrder order : all) {
      if (order.end().isPresent()) {
        next = Math.min(next, order.end().get().nowNanos() - nowNanos);
      }
    }
    if (next == Long.MAX_VALUE) {
      timer.disarm();
    } else {
      timer.arm(nowNanos + Math.max(0, next));
    }
  }

  private void endThoseOver(long nowNanos) {
    forAll = forAll.filter(order -> !order.isOver(nowNanos));
    List<String> over =
        orders.keySet().stream().filter(name -> orders.get(name).isOver(nowNanos)).toList();
    over.forEach(name -> endOne(name, "its time has come"));
    backBeforeAll.addAll(over);
    if (forAll.isEmpty()) {
      backBeforeAll.clear();
    }
    armNext();
    whenOver.run();
  }

  // ---- reload ----

  /**
   * Takes the orders over to the virtual routers of a new configuration. One that a reload makes
   * anew has its order before it starts.
   */
  void follow(ReloadPlan plan) {
    Map<String, MaintenanceOrder> before = new LinkedHashMap<>(orders);
    Map<String, String> oldNames = plan.oldNames();
    orders.clear();
    for (VrrpInstance instance : plan.target().instances()) {
      String name = instance.name();
      Optional.ofNullable(oldNames.get(name))
          // another VRID or link makes another virtual router of it; its name was ordered out
          .or(() -> Optional.of(name).filter(one -> !oldNames.containsValue(one)))
          .map(before::get)
          .or(() -> forAll.filter(all -> !backBeforeAll.contains(name)))
          .ifPresent(order -> orders.put(name, order));
    }
    backBeforeAll.retainAll(plan.target().instances().stream().map(VrrpInstance::name).toList());
    orders.forEach(this::apply);
    armNext();
  }
}
