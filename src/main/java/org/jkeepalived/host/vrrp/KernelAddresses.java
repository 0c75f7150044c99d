package org.jkeepalived.host.vrrp;

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
import java.util.stream.Collectors;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.netlink.route.AddressRequest;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.AddressBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that virtual routers hold. Lives on the VRRP thread, where it gathers a turn's
 * wishes into one batch; {@link AddressThread} carries batches out in order.
 *
 * <p>An address that two instances hold, or that a reload moves from one to the other, stays while
 * one of them holds it.
 */
final class KernelAddresses implements AddressBook {

  private static final Logger LOG = LoggerFactory.getLogger(KernelAddresses.class);

  /** Carries out batches, in order, elsewhere. */
  @FunctionalInterface
  interface Worker {
    /**
     * @param done called on the VRRP thread with a result for each request
     */
    void submit(List<AddressRequest> requests, Consumer<List<AddressResult>> done);
  }

  /** One address in the kernel, and who holds it. */
  private static final class Held {
    private final VirtualAddress address;
    private final List<Holder> holders = new ArrayList<>(1);

    Held(VirtualAddress address) {
      this.address = address;
    }
  }

  /** An answer that is owed once the requests at those places of the batch are done. */
  private record Owed(List<Integer> places, Consumer<Optional<String>> answer) {}

  private final Worker worker;
  private Optional<Links> links = Optional.empty();
  private final Map<LinkAddress.Key, Held> held = new LinkedHashMap<>();
  private final Map<LinkAddress.Key, Integer> ownRemovals = new HashMap<>();
  private final Map<LinkAddress.Key, Held> lost = new LinkedHashMap<>();
  private List<AddressRequest> batch = new ArrayList<>();

  /** The last request of the batch for each address. */
  private final Map<LinkAddress.Key, Integer> places = new HashMap<>();

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
    List<Integer> asked = new ArrayList<>(addresses.size());
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
      LinkAddress.Key key = key(link.get().index(), address);
      Held entry = held.computeIfAbsent(key, made -> new Held(address));
      if (!entry.holders.contains(owner)) {
        entry.holders.add(owner);
      }
      asked.add(add(key, address));
    }
    Optional<String> refusal = missing;
    owed.add(new Owed(asked, kernel -> answer.accept(refusal.isPresent() ? refusal : kernel)));
  }

  /**
   * Takes back a removal that has not been handed over: an address that moves from one instance to
   * another must not be gone in between, and its connections with it. And what is asked for already
   * is not asked for twice: one whose hundreds of addresses are gone hears of each of them.
   *
   * @return the place of the request
   */
  private int add(LinkAddress.Key key, VirtualAddress address) {
    AddressRequest wanted =
        new AddressRequest(AddressRequest.Operation.ADD, key.linkIndex(), address);
    Integer place = places.get(key);
    if (place != null && batch.get(place).address().equals(address)) {
      if (batch.get(place).operation() == AddressRequest.Operation.REMOVE) {
        batch.set(place, wanted);
        expectedRemoval(key);
      }
      return place;
    }
    return append(key, wanted);
  }

  private int append(LinkAddress.Key key, AddressRequest request) {
    batch.add(request);
    places.put(key, batch.size() - 1);
    return batch.size() - 1;
  }

  @Override
  public void remove(Holder owner, List<VirtualAddress> addresses) {
    for (VirtualAddress address : addresses) {
      find(owner, address).ifPresent(key -> letGo(owner, key));
    }
  }

  /** Where the owner holds it: under the link's index of then, which may have changed since. */
  private Optional<LinkAddress.Key> find(Holder owner, VirtualAddress address) {
    Optional<LinkAddress.Key> now =
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

  private void letGo(Holder owner, LinkAddress.Key key) {
    Held entry = held.get(key);
    entry.holders.remove(owner);
    if (entry.holders.isEmpty()) {
      held.remove(key);
      lost.remove(key);
      remove(key, entry.address);
    }
  }

  private void remove(LinkAddress.Key key, VirtualAddress address) {
    ownRemovals.merge(key, 1, Integer::sum);
    append(key, new AddressRequest(AddressRequest.Operation.REMOVE, key.linkIndex(), address));
  }

  /** Removes what an earlier run left behind; nobody holds it. */
  void removeStale(Collection<LinkAddress> addresses, Runnable done) {
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
              address
                  .peer()
                  .filter(peer -> !peer.equals(address.local()))
                  .map(peer -> new VirtualAddress.Peer(peer, address.prefixLength())),
              Set.of(),
              false,
              OptionalLong.empty());
      remove(key(address.linkIndex(), asVirtual), asVirtual);
    }
    owed.add(new Owed(List.of(), refusal -> done.run()));
  }

  /** Hands over what was gathered; call it once a turn. Never has more to do at once. */
  boolean flush() {
    reportLost();
    if (batch.isEmpty() && outstanding == 0) {
      List<Owed> answers = owed;
      owed = new ArrayList<>();
      answers.forEach(one -> one.answer().accept(Optional.empty()));
      return !owed.isEmpty() || !batch.isEmpty();
    }
    if (batch.isEmpty() && owed.isEmpty()) {
      return false;
    }
    // A batch may be empty: its answers must not overtake those that are outstanding.
    List<Owed> answers = owed;
    List<AddressRequest> requests = batch;
    batch = new ArrayList<>();
    owed = new ArrayList<>();
    places.clear();
    outstanding++;
    worker.submit(
        requests,
        results -> {
          outstanding--;
          settle(results);
          answers.forEach(one -> one.answer().accept(refusal(results, one.places())));
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
        if (!result.asWanted()) {
          LOG.error(
              "cannot {}: {}: another machine may have it, too",
              request,
              result.error().map(error -> error.text()).orElse("refused by the kernel"));
        }
      }
    }
  }

  private static Optional<String> refusal(List<AddressResult> results, List<Integer> places) {
    for (int place : places) {
      AddressResult result = results.get(place);
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
    LinkAddress.Key key = address.key();
    if (expectedRemoval(key)) {
      return;
    }
    Held entry = held.get(key);
    if (entry != null) {
      lost.put(key, entry);
    }
  }

  private boolean expectedRemoval(LinkAddress.Key key) {
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
   * Notifications were lost, and what is known now was read anew. A removal of our own that was
   * among them is not waited for: the next one, by somebody else, would pass for it.
   */
  void resynchronised() {
    ownRemovals.clear();
    for (AddressRequest request : batch) {
      if (request.operation() == AddressRequest.Operation.REMOVE) {
        ownRemovals.merge(key(request.linkIndex(), request.address()), 1, Integer::sum);
      }
    }
    if (!isBusy() && links.isPresent()) {
      Set<LinkAddress.Key> there =
          links.get().allAddresses().stream().map(LinkAddress::key).collect(Collectors.toSet());
      held.forEach(
          (key, entry) -> {
            if (!there.contains(key)) {
              lost.put(key, entry);
            }
          });
    }
  }

  /**
   * Reported at the end of a turn: when a link goes, its addresses go first, and who speaks on it
   * lets go of them then. Who speaks on another link is told, and asks for them again: that the
   * link does not exist is what it then hears.
   */
  private void reportLost() {
    if (lost.isEmpty()) {
      return;
    }
    List<Map.Entry<LinkAddress.Key, Held>> found = List.copyOf(lost.entrySet());
    lost.clear();
    for (Map.Entry<LinkAddress.Key, Held> entry : found) {
      List<Holder> holders = List.copyOf(entry.getValue().holders);
      if (!linkExists(entry.getKey().linkIndex())) {
        held.remove(entry.getKey());
      }
      holders.forEach(holder -> holder.addressLost(entry.getValue().address));
    }
  }

  private boolean linkExists(int index) {
    return links.isPresent() && links.get().numbered(index).isPresent();
  }

  /** How many addresses are held. */
  int size() {
    return held.size();
  }

  private static LinkAddress.Key key(int linkIndex, VirtualAddress address) {
    Optional<VirtualAddress.Peer> peer = address.peer();
    return new LinkAddress.Key(
        linkIndex,
        address.address(),
        peer.map(VirtualAddress.Peer::prefixLength).orElse(address.prefixLength()),
        peer.map(VirtualAddress.Peer::address).orElse(address.address()));
  }
}
