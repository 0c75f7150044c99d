package org.jkeepalived.vrrp;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What keeps a virtual router from running, each with the reason in words. */
final class Faults {

  private final Map<Fault, String> reasons = new EnumMap<>(Fault.class);

  /** Sets a fault; whether the fault or its reason is new. */
  boolean put(Fault fault, String reason) {
    return !reason.equals(reasons.put(fault, reason));
  }

  /** Takes a fault away; whether there was one. */
  boolean remove(Fault fault) {
    return reasons.remove(fault) != null;
  }

  boolean has(Fault fault) {
    return reasons.containsKey(fault);
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** Whether there is a fault that is not another member's of the sync group. */
  boolean hasOwn() {
    return reasons.size() > (reasons.containsKey(Fault.SYNC_GROUP) ? 1 : 0);
  }

  /** All faults with their reasons, in the order of {@link Fault}. */
  Map<Fault, String> reasons() {
    return Collections.unmodifiableMap(new EnumMap<>(reasons));
  }
}
