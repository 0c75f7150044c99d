package org.jkeepalived.host.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What a release has done.
 *
 * @param removed what is gone now: {@code 10.0.0.1/24 from eth0}, {@code service
 *     [10.0.0.1]:tcp:80}; what was gone before is not named
 * @param refused why the rest is still there, and in the journal, a line each
 */
public record Released(List<String> removed, List<String> refused) {

  public static final Released NOTHING = new Released(List.of(), List.of());

  public Released {
    removed = List.copyOf(removed);
    refused = List.copyOf(refused);
  }

  /** What was done together with something else. */
  public Released and(Released other) {
    return new Released(joined(removed, other.removed), joined(refused, other.refused));
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
