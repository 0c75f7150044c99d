package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;

import java.util.List;
import java.util.function.Predicate;

/** Operators' configurations with scripts that decide who is master, as they are published. */
@Lab
final class TrackingScenarioLabTest {

  private static final String DEVICE = "ens33";

  /** Files of the operator in {@code /etc/keepalived} that the configurations name. */
  private static final String DOWN = "etc/down";

  private static final String NGINX =
      """
      worker_processes 1;
      error_log stderr;
      events {}
      http { access_log off; server { listen 80; } }
      """;

  @EachPair
  void maintenanceFile(Pair pair) {
    try (TwoNodes nodes = new TwoNodes(DEVICE)) {
      serve(nodes.first, pair.first());
      serve(nodes.second, pair.second());
      nodes.first.start(pair.first(), Checkout.scenario("maintenance-file-k1"));
      nodes.second.start(pair.second(), Checkout.scenario("maintenance-file-k2"));
      nodes.wire.nextAdvertisement("k1 with 100", FROM_1.and(priority(100)));
      nodes.awaitFirstIsMaster();

      maintain(nodes.first, pair.first());
      awaitTakeoverOfSecond(nodes);

      serve(nodes.first, pair.first());
      awaitReturnOfFirst(nodes);
    }
  }

  @EachPair
  void nginxDies(Pair pair) {
    try (TwoNodes nodes = new TwoNodes(DEVICE)) {
      for (Node node : List.of(nodes.first, nodes.second)) {
        node.separateProcesses();
        node.write("etc/nginx.conf", NGINX);
        startNginx(node);
      }
      serve(nodes.first, pair.first());
      serve(nodes.second, pair.second());
      nodes.first.start(pair.first(), Checkout.scenario("nginx-k1"));
      nodes.second.start(pair.second(), Checkout.scenario("nginx-k2"));
      nodes.wire.nextAdvertisement("k1 with 100", FROM_1.and(priority(100)));
      nodes.awaitFirstIsMaster();

      nodes.first.execute("killall", "-KILL", "nginx");
      awaitTakeoverOfSecond(nodes);

      startNginx(nodes.first);
      awaitReturnOfFirst(nodes);
    }
  }

  /** 100, then 95, then the other node's 98. */
  private static void awaitTakeoverOfSecond(TwoNodes nodes) {
    nodes.wire.nextAdvertisement("k1 with 95", FROM_1.and(priority(95)));
    nodes.wire.nextAdvertisement("k2 with 98", FROM_2.and(priority(98)));
    nodes.second.awaitHas(TwoNodes.VIRTUAL);
    nodes.first.awaitHasNot(TwoNodes.VIRTUAL);
  }

  private static void awaitReturnOfFirst(TwoNodes nodes) {
    nodes.wire.nextAdvertisement("k1 with 100 again", FROM_1.and(priority(100)));
    nodes.first.awaitHas(TwoNodes.VIRTUAL);
    nodes.second.awaitHasNot(TwoNodes.VIRTUAL);
  }

  /** keepalived 2 hands the script's operators to bash, and so checks the opposite. */
  private static void serve(Node node, DaemonKind kind) {
    setDown(node, kind == DaemonKind.KEEPALIVED);
  }

  private static void maintain(Node node, DaemonKind kind) {
    setDown(node, kind == DaemonKind.JKEEPALIVED);
  }

  private static void setDown(Node node, boolean down) {
    if (down) {
      node.write(DOWN, "");
    } else {
      node.delete(DOWN);
    }
  }

  private static void startNginx(Node node) {
    node.start(
        ProcessBuilder.Redirect.DISCARD,
        "nginx",
        "-c",
        node.directory().resolve("etc/nginx.conf").toString(),
        "-g",
        "daemon off; pid " + node.directory().resolve("run/nginx.pid") + ";");
    Await.until(
        "nginx runs on " + node.name(),
        () -> node.execute("killall", "-0", "nginx").exitCode() == 0);
  }

  private static Predicate<Advertisement> priority(int priority) {
    return each -> each.priority() == priority;
  }
}
