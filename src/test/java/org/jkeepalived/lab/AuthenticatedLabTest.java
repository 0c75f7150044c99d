package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;

/** {@code auth_type AH}: each believes the other, and takes over when it falls silent. */
@Lab
final class AuthenticatedLabTest {

  private static final String[] KEY = {"authentication {", "auth_type AH", "auth_pass s3cret", "}"};
  private static final String[] OTHER = {"authentication {", "auth_type AH", "auth_pass x", "}"};

  private static Predicate<Authenticated> from(String address) {
    return each -> each.source().equals(address);
  }

  @EachPair
  void backupBelievesAndTakesOver(Pair pair) {
    failOver(pair, instance(150).with(KEY), instance(100).with(KEY));
  }

  @EachPair
  void backupBelievesItsPeerAndTakesOver(Pair pair) {
    failOver(
        pair,
        instance(150).with(KEY).toPeers(ADDRESS_2),
        instance(100).with(KEY).toPeers(ADDRESS_1));
  }

  /** The number goes on where the other one was, and after a restart where that one was. */
  private static void failOver(Pair pair, InstanceBlock first, InstanceBlock second) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.introduce();
      Wire wire = nodes.cluster.listen("lan", "ip proto 51");
      StartedDaemon master = nodes.first.start(pair.first(), first.text());
      nodes.second.start(pair.second(), second.text());
      wire.next("k1 advertises", Authenticated.class, from(ADDRESS_1));
      nodes.first.awaitHas(VIRTUAL);
      nodes.second.awaitHasNot(VIRTUAL);
      wire.next("k1 goes on", Authenticated.class, from(ADDRESS_1));
      wire.skip();
      // longer than the other one would wait for a master that it does not believe
      for (int i = 0; i < 5; i++) {
        wire.next("k1 goes on", Authenticated.class, from(ADDRESS_1));
      }
      assertFalse(nodes.second.has(VIRTUAL), nodes::evidence);
      assertEquals(List.of(), wire.since(Authenticated.class, from(ADDRESS_2)), wire::evidence);

      long last = last(wire, ADDRESS_1);
      wire.skip();
      master.kill();
      wire.next("k2 takes over", Authenticated.class, from(ADDRESS_2));
      nodes.second.awaitHas(VIRTUAL);
      assertTrue(last(wire, ADDRESS_2) > last, wire::evidence);

      wire.skip();
      nodes.first.start(pair.first(), List.of());
      wire.next("k1 takes it back", Authenticated.class, from(ADDRESS_1));
      nodes.second.awaitHasNot(VIRTUAL);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  private static long last(Wire wire, String address) {
    List<Authenticated> all = wire.heard(Authenticated.class, from(address));
    return all.get(all.size() - 1).sequence();
  }

  @EachDaemon
  void whoHasAnotherKeyIsNotBelieved(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Wire wire = nodes.cluster.listen("lan", "ip proto 51");
      nodes.first.start(DaemonKind.KEEPALIVED, instance(150).with(OTHER).text());
      nodes.second.start(kind, instance(100).with(KEY).text());
      wire.next("k1 advertises", Authenticated.class, from(ADDRESS_1));
      wire.next("k2 does too", Authenticated.class, from(ADDRESS_2));
      nodes.first.awaitHas(VIRTUAL);
      nodes.second.awaitHas(VIRTUAL);
    }
  }
}
