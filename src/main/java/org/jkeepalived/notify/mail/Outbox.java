package org.jkeepalived.notify.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The mails that wait, oldest first. It is bounded in number, where the oldest make room: what an
 * operator needs to know most is how things are now; and in age. After the server failed as a whole
 * nothing is due for a while, after it put one mail off only that one is not.
 *
 * <p>Knows no clock and is used under somebody's lock. Times are of any monotonic clock, in
 * nanoseconds.
 */
public final class Outbox {

  /**
   * A mail that waits.
   *
   * @param bornNanos when it came
   * @param notBeforeNanos when it may be tried again
   * @param failures how often the server put it off
   */
  public record Waiting(Mail mail, long bornNanos, long notBeforeNanos, int failures) {}

  private final RetryPolicy policy;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int serverFailures;
  private long serverNotBeforeNanos;

  public Outbox(RetryPolicy policy) {
    this.policy = policy;
  }

  /** Adds a mail; gives how many older ones had to make room. */
  public int add(Mail mail, long nowNanos) {
    waiting.addLast(new Waiting(mail, nowNanos, nowNanos, 0));
    return makeRoom();
  }

  /** Removes what is too old by now; gives how many those were. */
  public int removeOld(long nowNanos) {
    int before = waiting.size();
    waiting.removeIf(each -> nowNanos - each.bornNanos() >= policy.ageNanos());
    return before - waiting.size();
  }

  /** Takes the first mail that is due; the caller owes it an end, or gives it back. */
  public Optional<Waiting> take(long nowNanos) {
    if (!serverIsDue(nowNanos)) {
      return Optional.empty();
    }
    Iterator<Waiting> each = waiting.iterator();
    while (each.hasNext()) {
      Waiting next = each.next();
      if (nowNanos - next.notBeforeNanos() >= 0) {
        each.remove();
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** Takes the first mail, due or not. */
  public Optional<Waiting> takeAny() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  /** The server took or refused a mail, or put one off: it is there. */
  public void serverAnswered() {
    serverFailures = 0;
  }

  /**
   * The server did not get as far as the mail: it is the first again, later.
   *
   * @param lasting whether it would fail again soon, so that trying often is of no use
   * @return how many mails had to make room
   */
  public int serverFailed(Waiting taken, boolean lasting, long nowNanos) {
    serverFailures++;
    serverNotBeforeNanos =
        nowNanos + (lasting ? policy.longestWaitNanos() : policy.waitNanos(serverFailures));
    return giveBack(taken);
  }

  /** Puts a mail back that was taken and not tried; gives how many had to make room. */
  public int giveBack(Waiting taken) {
    waiting.addFirst(taken);
    return makeRoom();
  }

  /**
   * The server put a mail off, as it stands now: later again, behind the others. Gives how many had
   * to make room.
   */
  public int putOff(Waiting taken, Mail rest, long nowNanos) {
    int failures = taken.failures() + 1;
    waiting.addLast(
        new Waiting(rest, taken.bornNanos(), nowNanos + policy.waitNanos(failures), failures));
    return makeRoom();
  }

  /** Forgets that the server failed: it is another one now. */
  public void serverChanged() {
    serverFailures = 0;
  }

  /** Whether the server may be tried. */
  public boolean serverIsDue(long nowNanos) {
    return serverFailures == 0 || nowNanos - serverNotBeforeNanos >= 0;
  }

  /**
   * How long nothing happens: until the first mail is due or too old. Empty without mails; never
   * negative.
   */
  public Optional<Long> idleNanos(long nowNanos) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    long server = serverFailures == 0 ? 0 : Math.max(0, serverNotBeforeNanos - nowNanos);
    long due = Long.MAX_VALUE;
    long old = Long.MAX_VALUE;
    for (Waiting each : waiting) {
      due = Math.min(due, Math.max(0, each.notBeforeNanos() - nowNanos));
      old = Math.min(old, Math.max(0, each.bornNanos() + policy.ageNanos() - nowNanos));
    }
    return Optional.of(Math.min(Math.max(server, due), old));
  }

  public int size() {
    return waiting.size();
  }

  /** Forgets all; gives how many there were. */
  public int clear() {
    int size = waiting.size();
    waiting.clear();
    return size;
  }

  private int makeRoom() {
    int removed = 0;
    while (waiting.size() > policy.mails()) {
      waiting.removeFirst();
      removed++;
    }
    return removed;
  }
}
