package org.jkeepalived.vrrp;

/** The counters of one virtual router, written by the thread that owns it. */
public final class Statistics {

  private final long[] counters = new long[Counter.values().length];
  private final long[] discards = new long[Discard.values().length];
  private long differentLists;

  public long get(Counter counter) {
    return counters[counter.ordinal()];
  }

  /** How many packets were discarded for {@code reason}. */
  public long get(Discard reason) {
    return discards[reason.ordinal()];
  }

  /** How many packets had something wrong that keepalived counts under {@code line}. */
  public long get(Discard.StatisticsLine line) {
    long sum = line == Discard.StatisticsLine.ADDRESS_LIST ? differentLists : 0;
    for (Discard reason : Discard.values()) {
      sum += reason.line() == line ? get(reason) : 0;
    }
    return sum;
  }

  public void count(Counter counter) {
    counters[counter.ordinal()]++;
  }

  public void count(Discard reason) {
    discards[reason.ordinal()]++;
  }

  /** One more packet that was believed, with a list of addresses that differs from ours. */
  public void countDifferentList() {
    differentLists++;
  }

  /** Sets everything to zero (keepalived's STATS_CLEAR signal). */
  public void clear() {
    java.util.Arrays.fill(counters, 0);
    java.util.Arrays.fill(discards, 0);
    differentLists = 0;
  }

  /** What is counted now, which changes no more when this one counts on. */
  public Statistics copy() {
    Statistics copy = new Statistics();
    copy.add(this);
    return copy;
  }

  /** Takes over what another counted, when a reload keeps the virtual router. */
  void add(Statistics other) {
    for (int i = 0; i < counters.length; i++) {
      counters[i] += other.counters[i];
    }
    for (int i = 0; i < discards.length; i++) {
      discards[i] += other.discards[i];
    }
    differentLists += other.differentLists;
  }
}
