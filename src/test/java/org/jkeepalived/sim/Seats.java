package org.jkeepalived.sim;

import org.jkeepalived.vrrp.State;

/** What each virtual router on each node was seen to do. */
final class Seats implements Watcher {

  static final long NEVER = Long.MIN_VALUE / 2;

  /** One virtual router on one node; all times are true times. */
  static final class Seat {
    private State state = State.INIT;
    private long sinceNanos = NEVER;
    private long leftMasterNanos = NEVER;
    private long announcedNanos = NEVER;
    private long sentNanos = NEVER;
    private long sentBeforeNanos = NEVER;
    private int sentPriority = -1;
    private boolean lastWordSent;

    State state() {
      return state;
    }

    boolean isMaster() {
      return state == State.MASTER;
    }

    /** Since when it is in its state. */
    long sinceNanos() {
      return sinceNanos;
    }

    /** When it stopped being master. */
    long leftMasterNanos() {
      return leftMasterNanos;
    }

    long announcedNanos() {
      return announcedNanos;
    }

    /** When it advertised last. */
    long sentNanos() {
      return sentNanos;
    }

    /** When it sent the advertisement before the last one. */
    long sentBeforeNanos() {
      return sentBeforeNanos;
    }

    int sentPriority() {
      return sentPriority;
    }

    /** Whether its last advertisement left the machine. */
    boolean lastWordSent() {
      return lastWordSent;
    }
  }

  private final VirtualTime time;
  private final Seat[][] seats;

  Seats(VirtualTime time, int nodes, int routers) {
    this.time = time;
    seats = new Seat[nodes][routers];
    for (Seat[] row : seats) {
      for (int router = 0; router < routers; router++) {
        row[router] = new Seat();
      }
    }
  }

  Seat at(int node, int router) {
    return seats[node][router];
  }

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    if (!node.isAlive()) {
      for (Seat seat : seats[node.index()]) {
        if (seat.state != State.INIT) {
          change(seat, State.INIT);
        }
      }
    }
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    Seat seat = at(node.index(), router);
    if (seat.state != from) {
      throw new Violation(
          "node" + node.index() + " says it leaves " + from + ", but it was " + seat.state);
    }
    change(seat, to);
  }

  private void change(Seat seat, State to) {
    if (seat.state == State.MASTER) {
      seat.leftMasterNanos = time.nowNanos();
    }
    seat.state = to;
    seat.sinceNanos = time.nowNanos();
  }

  @Override
  public void sent(SimulatedNode node, int router, int priority, boolean taken) {
    Seat seat = at(node.index(), router);
    seat.sentBeforeNanos = seat.sentNanos;
    seat.sentNanos = time.nowNanos();
    seat.sentPriority = priority;
    seat.lastWordSent = taken;
  }

  @Override
  public void announced(SimulatedNode node, int router) {
    at(node.index(), router).announcedNanos = time.nowNanos();
  }
}
