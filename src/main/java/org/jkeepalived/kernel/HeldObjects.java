package org.jkeepalived.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;

/**
 * The kernel's objects that somebody holds. Lives on the thread of those who hold them, where it
 * gathers a turn's wishes into one batch; a {@link KernelQueue} carries batches out in order.
 *
 * <p>An object that two hold, or that a reload moves from one to the other, stays while one of them
 * holds it.
 */
public final class HeldObjects implements KernelBook {

  /** One object in the kernel, and who holds it. */
  private static final class Held {
    private final PlacedObject placed;
    private final List<Holder> holders = new ArrayList<>(1);

    Held(PlacedObject placed) {
      this.placed = placed;
    }
  }

  /** An answer that is owed once the requests at those places of the batch are done. */
  private record Owed(List<Integer> places, Consumer<List<Refusal>> answer) {}

  private final KernelQueue queue;
  private final Consumer<String> complaints;
  private final Links links;
  private final Map<KernelObject.Key, Held> held = new LinkedHashMap<>();
  private final Map<KernelObject.Key, Held> lost = new LinkedHashMap<>();
  private final OwnRemovals ownRemovals = new OwnRemovals();
  private RequestBatch batch = new RequestBatch();
  private List<Owed> owed = new ArrayList<>();
  private int outstanding;

  /**
   * @param links where link names are looked up
   * @param complaints takes what an operator should know: an object could not be removed
   */
  public HeldObjects(KernelQueue queue, Links links, Consumer<String> complaints) {
    this.queue = queue;
    this.links = links;
    this.complaints = complaints;
  }

  // ---- what holders ask for ----

  @Override
  public void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer) {
    List<Refusal> refused = new ArrayList<>();
    List<Integer> asked = new ArrayList<>(objects.size());
    for (KernelObject object : objects) {
      Optional<PlacedObject> placed = place(object);
      if (placed.isPresent()) {
        asked.add(add(owner, placed.get()));
      } else {
        refused.add(new Refusal(object, withoutLink(object)));
      }
    }
    owed.add(
        new Owed(
            asked,
            byKernel -> {
              refused.addAll(byKernel);
              answer.accept(List.copyOf(refused));
            }));
  }

  private int add(Holder owner, PlacedObject placed) {
    Held entry = held.computeIfAbsent(placed.key(), key -> new Held(placed));
    if (!entry.holders.contains(owner)) {
      entry.holders.add(owner);
    }
    if (batch.takeBackRemoval(placed)) {
      ownRemovals.crossOff(placed.key());
    }
    return batch.add(placed);
  }

  /** Where an object goes now; empty if one of its links does not exist. */
  private Optional<PlacedObject> place(KernelObject object) {
    List<Integer> indices = new ArrayList<>(object.links().size());
    for (String name : object.links()) {
      linkNamed(name).ifPresent(link -> indices.add(link.index()));
    }
    return indices.size() == object.links().size()
        ? Optional.of(new PlacedObject(object, indices))
        : Optional.empty();
  }

  private Optional<LinkState> linkNamed(String name) {
    return links.named(name);
  }

  private String withoutLink(KernelObject object) {
    String missing =
        object.links().stream().filter(name -> linkNamed(name).isEmpty()).findFirst().orElse("?");
    return "cannot add " + object.name() + ": interface " + missing + " does not exist";
  }

  @Override
  public void remove(Holder owner, List<KernelObject> objects) {
    for (KernelObject object : objects) {
      find(owner, object).ifPresent(key -> letGo(owner, key));
    }
  }

  /** Where the owner holds it: under the links' indices of then, which may have changed since. */
  private Optional<KernelObject.Key> find(Holder owner, KernelObject object) {
    Optional<KernelObject.Key> now =
        place(object).map(PlacedObject::key).filter(key -> isHeldBy(owner, held.get(key)));
    if (now.isPresent()) {
      return now;
    }
    return held.entrySet().stream()
        .filter(
            entry ->
                isHeldBy(owner, entry.getValue())
                    && entry.getValue().placed.object().equals(object))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isHeldBy(Holder owner, Held entry) {
    return entry != null && entry.holders.contains(owner);
  }

  private void letGo(Holder owner, KernelObject.Key key) {
    Held entry = held.get(key);
    entry.holders.remove(owner);
    if (entry.holders.isEmpty()) {
      held.remove(key);
      lost.remove(key);
      remove(entry.placed);
    }
  }

  private void remove(PlacedObject placed) {
    if (!placed.object().kind().isFirewall()) {
      ownRemovals.expect(placed.key());
    }
    batch.remove(placed);
  }

  /** Removes what an earlier run left behind; nobody holds it. */
  public void removeStale(Collection<PlacedObject> objects, Runnable done) {
    objects.forEach(this::remove);
    owed.add(new Owed(List.of(), refused -> done.run()));
  }

  /**
   * Removes what nobody holds.
   *
   * @return what that was
   */
  public List<PlacedObject> removeUnheld(Collection<PlacedObject> objects) {
    List<PlacedObject> unheld =
        objects.stream().filter(placed -> !held.containsKey(placed.key())).toList();
    unheld.forEach(this::remove);
    return unheld;
  }

  // ---- batches ----

  /**
   * Hands over what was gathered; call it once a turn. Says whether there is more to do at once.
   */
  public boolean flush() {
    reportLost();
    if (batch.isEmpty() && outstanding == 0) {
      List<Owed> answers = owed;
      owed = new ArrayList<>();
      answers.forEach(one -> one.answer().accept(List.of()));
      return !owed.isEmpty() || !batch.isEmpty();
    }
    if (batch.isEmpty() && owed.isEmpty()) {
      return false;
    }
    // A batch may be empty: its answers must not overtake those that are outstanding.
    List<Owed> answers = owed;
    RequestBatch full = batch;
    batch = new RequestBatch();
    owed = new ArrayList<>();
    outstanding++;
    queue.submit(
        full.requests(),
        results -> {
          outstanding--;
          settle(results);
          answers.forEach(one -> one.answer().accept(refusals(results, one.places())));
        });
    return false;
  }

  /** Whether something was handed over, or is to be, whose answer is not there yet. */
  public boolean isBusy() {
    return outstanding > 0 || !batch.isEmpty() || !owed.isEmpty();
  }

  private void settle(List<KernelResult> results) {
    for (KernelResult result : results) {
      forgetRefusedRouting(result);
      // What was not there is not reported as removed either.
      if (!result.request().isAddition() && result.outcome() != KernelResult.Outcome.DONE) {
        ownRemovals.crossOff(result.request().key());
        if (!result.asWanted()) {
          complaints.accept(result.explanation() + consequence(result.request().object()));
        }
      }
    }
  }

  /** A route that the kernel has not taken need not be removed; who wants it asks again. */
  private void forgetRefusedRouting(KernelResult result) {
    KernelRequest request = result.request();
    boolean isRouting = request.object().kind() != KernelObject.Kind.ADDRESS;
    if (isRouting
        && request.isAddition()
        && !result.asWanted()
        && outstanding == 0
        && !batch.mentions(request.key())) {
      held.remove(request.key());
      lost.remove(request.key());
    }
  }

  private static String consequence(KernelObject object) {
    return object.kind() == KernelObject.Kind.ADDRESS ? ": another machine may have it, too" : "";
  }

  private static List<Refusal> refusals(List<KernelResult> results, List<Integer> places) {
    List<Refusal> refused = new ArrayList<>();
    for (int place : places) {
      KernelResult result = results.get(place);
      if (!result.asWanted() && result.request().isAddition()) {
        refused.add(new Refusal(result.request().object(), result.explanation()));
      }
    }
    return refused;
  }

  // ---- what others do to them ----

  /** The kernel says that an object is gone. */
  public void removed(KernelObject.Key key) {
    if (!ownRemovals.crossOff(key) && held.containsKey(key)) {
      lost.put(key, held.get(key));
    }
  }

  /**
   * The kernel says that one of these is gone, whichever it is that is held: a line that names no
   * link has the same route as one that names the link that the kernel has found.
   */
  public void removedOneOf(List<KernelObject.Key> keys) {
    if (keys.stream().noneMatch(ownRemovals::crossOff)) {
      keys.stream()
          .filter(held::containsKey)
          .findFirst()
          .ifPresent(key -> lost.put(key, held.get(key)));
    }
  }

  /**
   * A link is gone, and all that led over it; of addresses the kernel tells one by one. The packet
   * filter goes on to name the link's number, which another one may get.
   */
  public void linkRemoved(int index) {
    List<Held> over =
        held.values().stream()
            .filter(entry -> entry.placed.object().kind() != KernelObject.Kind.ADDRESS)
            .filter(entry -> entry.placed.linkIndices().contains(index))
            .toList();
    for (Held entry : over) {
      held.remove(entry.placed.key());
      if (entry.placed.object().kind().isFirewall()) {
        batch.remove(entry.placed);
      }
    }
  }

  /**
   * Notifications were lost, and what is known now was read anew. A removal of our own that was
   * among them is not waited for: the next one, by somebody else, would pass for it.
   *
   * @param kind the objects that this concerns
   * @param present what the kernel has of that kind
   */
  public void resynchronised(KernelObject.Kind kind, Set<KernelObject.Key> present) {
    ownRemovals.clear(kind);
    for (KernelRequest request : batch.requests()) {
      if (!request.isAddition() && request.object().kind() == kind) {
        ownRemovals.expect(request.key());
      }
    }
    if (!isBusy()) {
      held.forEach(
          (key, entry) -> {
            if (entry.placed.object().kind() == kind && !present.contains(key)) {
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
    List<Map.Entry<KernelObject.Key, Held>> found = List.copyOf(lost.entrySet());
    lost.clear();
    for (Map.Entry<KernelObject.Key, Held> entry : found) {
      List<Holder> holders = List.copyOf(entry.getValue().holders);
      if (!entry.getValue().placed.linkIndices().stream().allMatch(this::linkExists)) {
        held.remove(entry.getKey());
      }
      holders.forEach(holder -> holder.objectLost(entry.getValue().placed.object()));
    }
  }

  private boolean linkExists(int index) {
    return links.numbered(index).isPresent();
  }

  // ---- for those who look ----

  /** How many objects are held. */
  public int size() {
    return held.size();
  }

  /** Everything that somebody holds, in the order in which it was first asked for. */
  public List<KernelObject> all() {
    return held.values().stream().map(entry -> entry.placed.object()).toList();
  }
}
