package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;

/** Two machines between two networks: the address outside and the one inside move together. */
@Lab
final class SyncGroupLabTest {

  private static final String OUTSIDE = "172.16.0.80";
  private static final String INSIDE = "192.168.10.254";
  private static final String GROUP = "224.0.0.18";
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Two nodes {@code k1}, {@code k2}: {@code eth0} outside, {@code eth1} inside; a wire each. */
  private static final class TwoLinks implements AutoCloseable {
    private final Cluster cluster = Cluster.open();
    private final Node first;
    private final Node second;
    private final Wire outside;
    private final Wire inside;

    TwoLinks() {
      try {
        cluster.addSegment("inside");
        first = node(1);
        second = node(2);
        outside = cluster.listen();
        inside = cluster.listen("inside", "ip proto 112 or arp");
      } catch (RuntimeException e) {
        cluster.close();
        throw e;
      }
    }

    private Node node(int number) {
      Node node = cluster.addNode("k" + number, "eth0", "172.16.0." + number + "/16");
      node.attach("inside", "eth1", "192.168.10." + number + "/24");
      node.awaitForwarding("eth1");
      return node;
    }

    void awaitBothAt(Node node) {
      node.awaitHas(OUTSIDE);
      node.awaitHas(INSIDE);
      Node other = node == first ? second : first;
      other.awaitHasNot(OUTSIDE);
      other.awaitHasNot(INSIDE);
    }

    void skip() {
      outside.skip();
      inside.skip();
    }

    /** Waits until a node has sent a number of advertisements on both links from now on. */
    void awaitAdvertisements(int count, Node node) {
      skip();
      for (int i = 0; i < count; i++) {
        outside.nextAdvertisement(node.name() + " outside", from(node));
        inside.nextAdvertisement(node.name() + " inside", from(node));
      }
    }

    Predicate<Advertisement> from(Node node) {
      String number = node == first ? "1" : "2";
      return each -> each.source().matches("(172\\.16\\.0|192\\.168\\.10)\\." + number);
    }

    void requireSilence(Node node) {
      assertEquals(List.of(), outside.sinceSkip(from(node)), this::evidence);
      assertEquals(List.of(), inside.sinceSkip(from(node)), this::evidence);
    }

    void deafen(Node node) {
      node.deafen("eth0");
      node.deafen("eth1");
    }

    void undeafen(Node node) {
      node.undeafen("eth0");
      node.undeafen("eth1");
    }

    String evidence() {
      return first.evidence() + second.evidence() + outside.evidence() + inside.evidence();
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  /** The published scenario, as it is. */
  private static String scenario() {
    return Checkout.scenario("sync-group-nat");
  }

  /** The published scenario with other priorities, outside and inside. */
  private static String scenario(int outside, int inside) {
    return scenario()
        .replaceFirst("priority 100", "priority " + outside)
        .replaceFirst("priority 100", "priority " + inside);
  }

  @EachPair
  void oneLinkIsCutAndBothAddressesMove(Pair pair) {
    try (TwoLinks nodes = new TwoLinks()) {
      nodes.first.start(pair.first(), scenario());
      nodes.awaitBothAt(nodes.first);
      nodes.second.start(pair.second(), scenario());
      nodes.second.awaitListensTo(GROUP);
      nodes.awaitAdvertisements(4, nodes.first);

      nodes.skip();
      nodes.first.unplug("eth0");
      nodes.inside.nextAdvertisement(
          "k1 resigns inside", nodes.from(nodes.first).and(each -> each.priority() == 0));
      nodes.awaitBothAt(nodes.second);

      // Equal priorities: nobody preempts.
      nodes.first.plug("eth0");
      nodes.first.awaitForwarding("eth0");
      nodes.awaitAdvertisements(6, nodes.second);
      nodes.requireSilence(nodes.first);

      nodes.second.unplug("eth1");
      nodes.awaitBothAt(nodes.first);
    }
  }

  @EachPair
  void oneSilentLinkMovesNothing(Pair pair) {
    try (TwoLinks nodes = new TwoLinks()) {
      startBoth(nodes, pair, scenario(150, 150), scenario(100, 100));

      nodes.second.deafen("eth0");
      nodes.awaitAdvertisements(6, nodes.first);
      nodes.requireSilence(nodes.second);

      nodes.second.deafen("eth1");
      nodes.second.awaitHas(OUTSIDE); // it was listening
      nodes.second.awaitHas(INSIDE);

      nodes.second.undeafen("eth0");
      nodes.second.awaitHasNot(INSIDE);
      nodes.undeafen(nodes.second);
      nodes.awaitBothAt(nodes.first);
    }
  }

  @EachPair
  void masterIsKilledAndComesBack(Pair pair) {
    try (TwoLinks nodes = new TwoLinks()) {
      nodes.second.start(pair.second(), scenario(100, 100));
      StartedDaemon master = nodes.first.start(pair.first(), scenario(150, 150));
      nodes.awaitBothAt(nodes.first);
      nodes.awaitAdvertisements(2, nodes.first);

      nodes.skip();
      master.kill();
      requirePatience(nodes.outside, nodes);
      requirePatience(nodes.inside, nodes);
      nodes.second.awaitHas(OUTSIDE);
      nodes.second.awaitHas(INSIDE);

      nodes.first.start(pair.first(), List.of());
      nodes.awaitBothAt(nodes.first);
      // It stays there.
      nodes.awaitAdvertisements(6, nodes.first);
      nodes.requireSilence(nodes.second);
    }
  }

  /** RFC 3768, 6.1: three intervals and the skew time, never earlier. */
  private static void requirePatience(Wire wire, TwoLinks nodes) {
    Advertisement taken = wire.nextAdvertisement("k2", nodes.from(nodes.second));
    Advertisement last =
        wire.advertisements(nodes.from(nodes.first)).stream()
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertTrue(Frame.nanosBetween(last, taken) >= 3 * SECOND_NANOS, nodes::evidence);
  }

  /** The manual warns of it; whoever is master stays so until it cannot be. */
  @EachPair
  void crossedPrioritiesComeToRest(Pair pair) {
    try (TwoLinks nodes = new TwoLinks()) {
      startBoth(nodes, pair, scenario(150, 100), scenario(100, 150));
      nodes.awaitAdvertisements(6, nodes.first);
      nodes.requireSilence(nodes.second);

      nodes.deafen(nodes.first);
      nodes.deafen(nodes.second);
      nodes.second.awaitHas(OUTSIDE);
      nodes.second.awaitHas(INSIDE);
      nodes.undeafen(nodes.first);
      nodes.undeafen(nodes.second);
      Await.until(
          "one of them has let go",
          () -> !nodes.first.has(OUTSIDE) || !nodes.second.has(OUTSIDE),
          nodes::evidence);
      Node stayed = nodes.first.has(OUTSIDE) ? nodes.first : nodes.second;
      nodes.awaitBothAt(stayed);
      nodes.awaitAdvertisements(6, stayed);
      nodes.requireSilence(stayed == nodes.first ? nodes.second : nodes.first);
    }
  }

  private static void startBoth(TwoLinks nodes, Pair pair, String first, String second) {
    nodes.first.start(pair.first(), first);
    nodes.awaitBothAt(nodes.first);
    nodes.second.start(pair.second(), second);
    nodes.second.awaitListensTo(GROUP);
    nodes.awaitAdvertisements(4, nodes.first);
  }
}
