package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.AddressBook;
import org.jkeepalived.vrrp.Announcer;
import org.jkeepalived.vrrp.RunningRouter;

/** A machine's virtual addresses: wishes go in at once, are carried out later, and may fail. */
final class SimulatedAddresses implements AddressBook, Announcer {

  private record Wish(int router, VirtualAddress address, boolean add) {}

  private record Owed(int from, int upTo, Consumer<Optional<String>> answer) {}

  private record Announcement(Object owner, int router, List<VirtualAddress> addresses) {}

  private final SimulatedNode node;
  private final List<Set<VirtualAddress>> claimed = new ArrayList<>();
  private final List<Set<VirtualAddress>> held = new ArrayList<>();
  private final List<Set<VirtualAddress>> stolen = new ArrayList<>();
  private final List<AddressBook.Holder> holders = new ArrayList<>();
  private List<Wish> wishes = new ArrayList<>();
  private List<Owed> owed = new ArrayList<>();
  private List<Announcement> announcements = new ArrayList<>();
  private final Set<Object> silent = new LinkedHashSet<>();
  private long busyUntilNanos;
  private boolean refuses;
  private int batchesOnTheirWay;

  SimulatedAddresses(SimulatedNode node, int routers) {
    this.node = node;
    for (int router = 0; router < routers; router++) {
      claimed.add(new LinkedHashSet<>());
      held.add(new LinkedHashSet<>());
      stolen.add(new LinkedHashSet<>());
      holders.add(address -> {});
    }
  }

  /** What the process wants to hold. */
  Set<VirtualAddress> claimed(int router) {
    return claimed.get(router);
  }

  /** What the kernel holds. */
  Set<VirtualAddress> held(int router) {
    return held.get(router);
  }

  /** What somebody else removed and the process has not put back yet. */
  Set<VirtualAddress> stolen(int router) {
    return stolen.get(router);
  }

  /** Whether the kernel refuses the first address of every virtual router. */
  boolean refuses() {
    return refuses;
  }

  void refuses(boolean doesIt) {
    refuses = doesIt;
  }

  /** Whether something was asked for and not carried out yet. */
  boolean isBusy() {
    return batchesOnTheirWay > 0 || !wishes.isEmpty();
  }

  private boolean isRefused(VirtualAddress address) {
    return refuses && address.address().getAddress()[3] == 1;
  }

  // ---- AddressBook ----

  @Override
  public void add(Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer) {
    int router = router(owner);
    holders.set(router, owner);
    int from = wishes.size();
    for (VirtualAddress address : addresses) {
      claimed.get(router).add(address);
      wishes.add(new Wish(router, address, true));
    }
    owed.add(new Owed(from, wishes.size(), answer));
  }

  @Override
  public void remove(Holder owner, List<VirtualAddress> addresses) {
    if (node.sabotage() == Sabotage.KEEPS_ADDRESSES) {
      return;
    }
    int router = router(owner);
    for (VirtualAddress address : addresses) {
      claimed.get(router).remove(address);
      wishes.add(new Wish(router, address, false));
    }
  }

  private static int router(Object owner) {
    return ScenarioDice.router(((RunningRouter) owner).router().instance().name());
  }

  /** The end of a turn: what was gathered goes to the kernel. */
  void flush() {
    if (!wishes.isEmpty() || !owed.isEmpty()) {
      List<Wish> batch = wishes;
      List<Owed> answers = owed;
      wishes = new ArrayList<>();
      owed = new ArrayList<>();
      // One worker carries batches out in order.
      busyUntilNanos = Math.max(busyUntilNanos, node.now()) + node.answerDelayNanos();
      batchesOnTheirWay++;
      node.atWhileAlive(busyUntilNanos, () -> carryOut(batch, answers));
    }
    announce();
  }

  private void carryOut(List<Wish> batch, List<Owed> answers) {
    batchesOnTheirWay--;
    boolean[] refused = new boolean[batch.size()];
    for (int i = 0; i < refused.length; i++) {
      Wish wish = batch.get(i);
      Set<VirtualAddress> there = held.get(wish.router());
      if (!wish.add()) {
        there.remove(wish.address());
      } else if (isRefused(wish.address()) || !node.linkExists(wish.address().device())) {
        refused[i] = !there.contains(wish.address());
      } else {
        there.add(wish.address());
      }
      stolen.get(wish.router()).remove(wish.address());
    }
    for (int router = 0; router < held.size(); router++) {
      node.addressesChanged(router);
    }
    for (Owed one : answers) {
      boolean bad = false;
      for (int i = one.from(); i < one.upTo(); i++) {
        bad |= refused[i];
      }
      Optional<String> refusal =
          bad && node.sabotage() != Sabotage.IGNORES_REFUSAL
              ? Optional.of("cannot add an address: Permission denied")
              : Optional.empty();
      if (node.sabotage() != Sabotage.LOSES_ANSWERS || !node.oneIn(10)) {
        node.command(() -> one.answer().accept(refusal));
      }
    }
  }

  /** An operator removes an address behind the daemon's back. */
  void steal(int router) {
    Set<VirtualAddress> there = held.get(router);
    if (there.isEmpty()) {
      return;
    }
    VirtualAddress address = there.iterator().next();
    there.remove(address);
    stolen.get(router).add(address);
    node.addressesChanged(router);
    if (node.sabotage() != Sabotage.INDIFFERENT) {
      node.command(
          () -> {
            if (claimed.get(router).contains(address)) {
              holders.get(router).addressLost(address);
            }
          });
    }
  }

  /** A deleted interface takes its addresses with it. */
  void linkDeleted(int segment) {
    String device = ScenarioDice.device(segment);
    for (int router = 0; router < held.size(); router++) {
      if (held.get(router).removeIf(address -> address.device().equals(device))) {
        node.addressesChanged(router);
      }
    }
  }

  // ---- Announcer ----

  @Override
  public void announce(
      Object owner, String name, List<VirtualAddress> addresses, int repeat, long intervalNanos) {
    announcements.removeIf(one -> one.owner() == owner);
    if (node.sabotage() == Sabotage.ANNOUNCES_ONCE && !silent.add(owner)) {
      return;
    }
    announcements.add(new Announcement(owner, router(owner), addresses));
  }

  @Override
  public void cancel(Object owner) {
    silent.remove(owner);
    announcements.removeIf(one -> one.owner() == owner);
  }

  private void announce() {
    if (announcements.isEmpty()) {
      return;
    }
    List<Announcement> due = announcements;
    announcements = new ArrayList<>();
    for (Announcement one : due) {
      if (node.sabotage() != Sabotage.NEVER_ANNOUNCES) {
        node.announced(one.router(), one.addresses());
      }
    }
  }
}
