package org.jkeepalived.kernel;

import java.util.HashMap;
import java.util.Map;

/** The removals that we asked for, and that the kernel has yet to report, as it does for all. */
final class OwnRemovals {

  private final Map<KernelObject.Key, Integer> expected = new HashMap<>();

  void expect(KernelObject.Key key) {
    expected.merge(key, 1, Integer::sum);
  }

  /**
   * Crosses off a removal: it was reported, or will not be.
   *
   * @return whether it was one of ours
   */
  boolean crossOff(KernelObject.Key key) {
    Integer count = expected.get(key);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      expected.remove(key);
    } else {
      expected.put(key, count - 1);
    }
    return true;
  }

  /** Forgets those of a kind. */
  void clear(KernelObject.Kind kind) {
    expected.keySet().removeIf(key -> key.kind() == kind);
  }
}
