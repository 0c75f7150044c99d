package org.jkeepalived.lab;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who runs on the two nodes of a cluster: the first node is the one with the higher priority.
 *
 * <p>Two keepalived test the lab itself: what they do not do, no test may ask of jkeepalived. The
 * environment variable {@code LAB_PAIRS} narrows the choice: {@code kk,kj,jk,jj}.
 */
record Pair(DaemonKind first, DaemonKind second) {

  static Stream<Pair> all() {
    String wanted = System.getenv().getOrDefault("LAB_PAIRS", "kk,jk,kj,jj");
    return List.of(wanted.split(",")).stream()
        .map(word -> new Pair(kind(word.charAt(0)), kind(word.charAt(1))))
        .filter(pair -> pair.first().isPresent() && pair.second().isPresent());
  }

  /** The daemons, where one alone is looked at. */
  static Stream<DaemonKind> each() {
    return all().map(Pair::first).distinct();
  }

  private static DaemonKind kind(char letter) {
    return letter == 'j' ? DaemonKind.JKEEPALIVED : DaemonKind.KEEPALIVED;
  }

  @Override
  public String toString() {
    return first + " - " + second;
  }
}
