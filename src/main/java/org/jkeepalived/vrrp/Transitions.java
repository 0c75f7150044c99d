package org.jkeepalived.vrrp;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The edges between the states of a virtual router. One that is not here is a fault of our own and
 * throws.
 *
 * <pre>
 * from \ to  INIT   BACKUP                         MASTER                          FAULT
 * INIT       -      start                          start of an address owner       start with a fault
 * BACKUP     stop   -                              master-down timer,              first fault
 *                                                  sync peers took over
 * MASTER     stop   better master,                 -                               first fault,
 *                   timer later than allowed,                                      address refused
 *                   sync peers stepped back
 * FAULT      stop   last fault cleared             last fault cleared,             -
 *                                                  of an address owner
 * </pre>
 *
 * <p>COMPAT: RFC 9568 section 6.4 has no FAULT; it is keepalived's Initialize with a reason, and is
 * left as Initialize is: to MASTER by the address owner alone.
 */
final class Transitions {

  private static final Map<State, Set<State>> ALLOWED = allowed();

  private Transitions() {}

  private static Map<State, Set<State>> allowed() {
    Map<State, Set<State>> allowed = new EnumMap<>(State.class);
    allowed.put(State.INIT, EnumSet.of(State.BACKUP, State.MASTER, State.FAULT));
    allowed.put(State.BACKUP, EnumSet.of(State.INIT, State.MASTER, State.FAULT));
    allowed.put(State.MASTER, EnumSet.of(State.INIT, State.BACKUP, State.FAULT));
    allowed.put(State.FAULT, EnumSet.of(State.INIT, State.BACKUP, State.MASTER));
    return allowed;
  }

  /**
   * Whether a virtual router may go from one state to another.
   *
   * @param owner whether it owns the addresses (priority 255)
   */
  static boolean allow(State from, State to, boolean owner) {
    boolean withoutElection = to == State.MASTER && from != State.BACKUP;
    return ALLOWED.get(from).contains(to) && (owner || !withoutElection);
  }

  /**
   * Throws unless the edge is {@linkplain #allow allowed}.
   *
   * @param name whose edge it is, for the message
   */
  static void require(State from, State to, boolean owner, String name) {
    if (!allow(from, to, owner)) {
      throw new IllegalStateException(
          name
              + ": "
              + from
              + " to "
              + to
              + (owner ? "" : " below priority 255")
              + " is no transition");
    }
  }
}
