package org.jkeepalived.loop;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls owners by their names, and knows who has not answered the call before. An owner answers on
 * its own loop, as it does all its work: one that is stuck in a turn, or never wakes, does not.
 *
 * <p>Made by {@link Owners#rollCall}; one thread uses an object.
 */
public final class RollCall {

  private final Supplier<List<OwnerThread>> owners;

  /** Asked by their owners' identity alone, never in the map's order. */
  private Map<OwnerThread, Call> calls = Map.of();

  RollCall(Supplier<List<OwnerThread>> owners) {
    this.owners = owners;
  }

  private static final class Call {
    private volatile boolean answered;
  }

  /**
   * Calls everybody who owes no answer.
   *
   * @return the names of those who still owe the answer to an earlier call, in the order in which
   *     they were made; empty if nobody does
   */
  public List<String> call() {
    Map<OwnerThread, Call> before = calls;
    List<OwnerThread> called = owners.get();
    Map<OwnerThread, Call> next = new IdentityHashMap<>();
    List<String> late =
        called.stream()
            .filter(owner -> before.containsKey(owner) && !before.get(owner).answered)
            .map(OwnerThread::name)
            .toList();
    for (OwnerThread owner : called) {
      Call open = before.get(owner);
      next.put(owner, open == null || open.answered ? ask(owner) : open);
    }
    calls = next;
    return late;
  }

  private static Call ask(OwnerThread owner) {
    Call call = new Call();
    owner.execute(() -> call.answered = true);
    return call;
  }
}
