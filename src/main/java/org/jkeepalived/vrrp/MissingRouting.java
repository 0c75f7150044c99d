package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * The routes and rules that a master should have and the kernel has refused.
 *
 * <p>COMPAT: a master without one of them stays master, as with keepalived: what its addresses are
 * for may need none. It is asked for again when links or addresses change.
 */
final class MissingRouting {

  private final Effects effects;
  private Map<KernelObject, String> missing = Map.of();

  MissingRouting(Effects effects) {
    this.effects = effects;
  }

  /** Whether something is to be asked for again. */
  boolean isSomething() {
    return !missing.isEmpty();
  }

  /**
   * Takes note of what was refused when a master asked for all that it holds; tells what is news.
   * That the packet filter refuses something, who writes it tells, once for all.
   *
   * @return the refusals that are about addresses
   */
  List<Refusal> sortOut(List<Refusal> refused) {
    if (refused.isEmpty() && missing.isEmpty()) {
      return refused;
    }
    List<Refusal> addresses = new ArrayList<>();
    Map<KernelObject, String> now = new LinkedHashMap<>();
    for (Refusal refusal : refused) {
      if (refusal.object().kind() == KernelObject.Kind.ADDRESS) {
        addresses.add(refusal);
      } else if (refusal.object().kind().isRouting()) {
        now.put(refusal.object(), refusal.reason());
      }
    }
    now.forEach(
        (object, reason) -> {
          if (!reason.equals(missing.get(object))) {
            effects.log(Level.WARNING, reason);
          }
        });
    missing.keySet().stream()
        .filter(object -> !now.containsKey(object))
        .forEach(object -> effects.log(Level.INFO, "added " + inWords(object)));
    missing = now;
    return addresses;
  }

  private static String inWords(KernelObject object) {
    return object.text(KernelRequest.Operation.ADD) + " that could not be added before";
  }
}
