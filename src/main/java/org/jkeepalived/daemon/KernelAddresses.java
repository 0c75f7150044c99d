package org.jkeepalived.daemon;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.linux.netlink.AddressRequest;
import org.jkeepalived.linux.netlink.AddressResult;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.track.LinkAddress;
import org.jkeepalived.track.LinkState;
import org.jkeepalived.track.Links;
import org.jkeepalived.vrrp.AddressBook;

/**
 * The addresses that virtual routers hold. Lives on the VRRP thread, where it gathers a turn's
 * wishes into one batch; {@link AddressThread} carries batches out in order.
 *
 * <p>An address that two instances hold, or that a reload moves from one to the other, stays while
 * one of them holds it.
 */
final class KernelAddresses implements AddressBook {

  /** Carries out batches, in order, elsewhere. */
  @FunctionalInterface
  interface Worker {
    /**
     * @param done called on the VRRP thread with a result for each request
     */
    void submit(List<AddressRequest> requests, Consumer<List<AddressResult>> done);
  }

  /** What makes an address the same one for the kernel. */
  private record Key(int linkIndex, InetAddress address, int prefixLength) {}

  /** One address in the kernel, and who holds it. */
  private static final class Held {
    private final VirtualAddress address;
    private final List<Holder> holders = new ArrayList<>(1);

    Held(VirtualAddress address) {
      this.address = address;
    }
  }

  /** An answer that is owed once the first {@code upTo} requests of the batch are done. */
  private record Owed(int from, int upTo, Consumer<Optional<String>> answer) {}

  private final Worker worker;
  private Optional<Links> links = Optional.empty();
  private final Map<Key, Held> held = new HashMap<>();
  private final Map<Key, Integer> ownRemovals = new HashMap<>();
  private final Map<Key, Held> lost = new LinkedHashMap<>();
  private List<AddressRequest> batch = new ArrayList<>();
  private List<Owed> owed = new ArrayList<>();
  private int outstanding;

  KernelAddresses(Worker worker) {
    this.worker = worker;
  }

  /** Where link names are looked up. */
  void links(Links known) {
    links = Optional.of(known);
  }

  @Override
  public void add(Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer) {
    Optional<String> missing = Optional.empty();
    int from = batch.size();
    for (VirtualAddress address : addresses) {
      Optional<LinkState> link = links.flatMap(known -> known.named(address.device()));
      if (link.isEmpty()) {
        missing =
            Optional.of(
                "cannot add "
                    + address.address().getHostAddress()
                    + ": interface "
                    + address.device()
                    + " does not exist");
        continue;
      }
      Held entry = held.computeIfAbsent(key(link.get().index(), address), key -> new Held(address));
      if (!entry.holders.contains(owner)) {
        entry.holders.add(owner);
      }
      batch.add(new AddressRequest(AddressRequest.Operation.ADD, link.get().index(), address));
    }
    Optional<String> refusal = missing;
    owed.add(
        new Owed(
            from, batch.size(), kernel -> answer.accept(refusal.isPresent() ? refusal : kernel)));
  }

  @Override
  public void remove(Holder owner, List<VirtualAddress> addresses) {
    for (VirtualAddress address : addresses) {
      find(owner, address).ifPresent(key -> letGo(owner, key));
    }
  }

  /** Where the owner holds it: under the link's index of then, which may have changed since. */
  private Optional<Key> find(Holder owner, VirtualAddress address) {
    Optional<Key> now =
        links
            .flatMap(known -> known.named(address.device()))
            .map(link -> key(link.index(), address))
            .filter(key -> held.containsKey(key) && held.get(key).holders.contains(owner));
    if (now.isPresent()) {
      return now;
    }
    return held.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().holders.contains(owner)
                    && entry.getValue().address.equals(address))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void letGo(Holder owner, Key key) {
    Held entry = held.get(key);
    entry.holders.remove(owner);
    if (entry.holders.isEmpty()) {
      held.remove(key);
      lost.remove(key);
      remove(key, entry.address);
    }
  }

  private void remove(Key key, VirtualAddress address) {
    ownRemovals.merge(key, 1, Integer::sum);
    batch.add(new AddressRequest(AddressRequest.Operation.REMOVE, key.linkIndex(), address));
  }

  /** Removes what an earlier run left behind; nobody holds it. */
  void removeLeftOver(Collection<LinkAddress> addresses, Runnable done) {
    int from = batch.size();
    for (LinkAddress address : addresses) {
      VirtualAddress asVirtual =
          new VirtualAddress(
              address.local(),
              address.prefixLength(),
              links
                  .flatMap(known -> known.numbered(address.linkIndex()))
                  .map(LinkState::name)
                  .orElse("?"),
              Optional.empty(),
              0,
              Optional.empty(),
              address.peer().map(peer -> new VirtualAddress.Peer(peer, address.prefixLength())),
              Set.of(),
              false,
              OptionalLong.empty());
      remove(key(address.linkIndex(), asVirtual), asVirtual);
    }
    owed.add(new Owed(from, batch.size(), refusal -> done.run()));
  }

  /** Hands over what was gathered; call it once a turn. Never has more to do at once. */
  boolean flush() {
    reportLost();
    if (batch.isEmpty()) {
      List<Owed> answers = owed;
      owed = new ArrayList<>();
      answers.forEach(one -> one.answer().accept(Optional.empty()));
      return !owed.isEmpty() || !batch.isEmpty();
    }
    List<Owed> answers = owed;
    List<AddressRequest> requests = batch;
    batch = new ArrayList<>();
    owed = new ArrayList<>();
    outstanding++;
    worker.submit(
        requests,
        results -> {
          outstanding--;
          settle(results);
          answers.forEach(one -> one.answer().accept(refusal(results, one.from(), one.upTo())));
        });
    return false;
  }

  /** Whether something was handed over, or is to be, whose answer is not there yet. */
  boolean isBusy() {
    return outstanding > 0 || !batch.isEmpty() || !owed.isEmpty();
  }

  private void settle(List<AddressResult> results) {
    for (AddressResult result : results) {
      AddressRequest request = result.request();
      // What was not there is not reported as removed either.
      if (request.operation() == AddressRequest.Operation.REMOVE
          && result.outcome() != AddressResult.Outcome.DONE) {
        expectedRemoval(key(request.linkIndex(), request.address()));
      }
    }
  }

  private static Optional<String> refusal(List<AddressResult> results, int from, int upTo) {
    for (AddressResult result : results.subList(from, upTo)) {
      if (!result.asWanted() && result.request().operation() == AddressRequest.Operation.ADD) {
        return Optional.of(
            "cannot "
                + result.request()
                + ": "
                + result.error().map(error -> error.text()).orElse("refused by the kernel"));
      }
    }
    return Optional.empty();
  }

  // ---- what others do to them ----

  /** The kernel says that an address is gone. */
  void addressRemoved(LinkAddress address) {
    Key key = new Key(address.linkIndex(), address.local(), address.prefixLength());
    if (expectedRemoval(key)) {
      return;
    }
    Held entry = held.get(key);
    if (entry != null) {
      lost.put(key, entry);
    }
  }

  private boolean expectedRemoval(Key key) {
    Integer expected = ownRemovals.get(key);
    if (expected == null) {
      return false;
    }
    if (expected == 1) {
      ownRemovals.remove(key);
    } else {
      ownRemovals.put(key, expected - 1);
    }
    return true;
  }

  /**
   * Reported at the end of a turn: when a link goes, its addresses go first, and who holds them
   * must not be asked to put them back on a link that is no more.
   */
  private void reportLost() {
    if (lost.isEmpty()) {
      return;
    }
    List<Map.Entry<Key, Held>> found = List.copyOf(lost.entrySet());
    lost.clear();
    for (Map.Entry<Key, Held> entry : found) {
      boolean linkExists =
          links.isPresent() && links.get().numbered(entry.getKey().linkIndex()).isPresent();
      if (!linkExists) {
        held.remove(entry.getKey());
      } else {
        List.copyOf(entry.getValue().holders)
            .forEach(holder -> holder.addressLost(entry.getValue().address));
      }
    }
  }

  /** How many addresses are held. */
  int size() {
    return held.size();
  }

  private static Key key(int linkIndex, VirtualAddress address) {
    return new Key(
        linkIndex,
        address.address(),
        address.peer().map(VirtualAddress.Peer::prefixLength).orElse(address.prefixLength()));
  }
}
