package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.VrrpEvent;

/**
 * The last states that instances have entered, of all together. One thread hears of them, which is
 * not VRRP's; any thread may ask.
 */
public final class StateHistory implements Event.Listener {

  /** How many are kept. */
  public static final int MOST = 200;

  /** One of them, by its number since the start. */
  private record Numbered(long number, StateChange change) {}

  private final AtomicReferenceArray<Numbered> kept = new AtomicReferenceArray<>(MOST);

  // of the thread that hears of them
  private long number;

  @Override
  public void happened(Event event) {
    if (event instanceof VrrpEvent.Transition entered && entered.change().isPresent()) {
      VrrpEvent.Change change = entered.change().get();
      StateChange told =
          new StateChange(
              change.nanos(),
              entered.subject().name(),
              change.from(),
              entered.word(),
              change.cause());
      kept.set((int) (number % MOST), new Numbered(number, told));
      number++;
    }
  }

  /** The last ones, the newest first; at most {@link #MOST}. */
  public List<StateChange> latest() {
    List<Numbered> found = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Numbered one = kept.get(i);
      if (one != null) {
        found.add(one);
      }
    }
    found.sort((one, other) -> Long.compare(other.number(), one.number()));
    return found.stream().map(Numbered::change).toList();
  }
}
