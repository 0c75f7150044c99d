package org.jkeepalived.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What is asked for within one turn, in its order. */
final class RequestBatch {

  private final List<KernelRequest> requests = new ArrayList<>();

  /** Where the last request for each object stands. */
  private final Map<KernelObject.Key, Integer> places = new HashMap<>();

  /**
   * Turns the removal of the very same object into its addition. An object that moves from one
   * holder to another must not be gone in between, and an address's connections with it.
   *
   * @return whether there was one
   */
  boolean takeBackRemoval(PlacedObject target) {
    OptionalInt place = placeOf(target);
    if (place.isEmpty() || requests.get(place.getAsInt()).isAddition()) {
      return false;
    }
    requests.set(place.getAsInt(), target.add());
    return true;
  }

  /**
   * Asks for an addition, but not twice: one whose hundreds of addresses are gone hears of each of
   * them, and asks for all each time.
   *
   * @return the place of the request
   */
  int add(PlacedObject target) {
    OptionalInt place = placeOf(target);
    boolean asked = place.isPresent() && requests.get(place.getAsInt()).isAddition();
    return asked ? place.getAsInt() : append(target.add());
  }

  void remove(PlacedObject target) {
    append(target.remove());
  }

  /** Where the last request for the object stands, unless that was one with other properties. */
  private OptionalInt placeOf(PlacedObject target) {
    Integer place = places.get(target.key());
    boolean same = place != null && requests.get(place).object().equals(target.object());
    return same ? OptionalInt.of(place) : OptionalInt.empty();
  }

  private int append(KernelRequest request) {
    requests.add(request);
    places.put(request.key(), requests.size() - 1);
    return requests.size() - 1;
  }

  /** Whether something is asked for about an object. */
  boolean mentions(KernelObject.Key key) {
    return places.containsKey(key);
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  List<KernelRequest> requests() {
    return requests;
  }
}
