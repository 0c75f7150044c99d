package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.jkeepalived.control.http.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a daemon that runs, in a browser; and those who only want to be in the way. */
@Lab
final class PageLabTest {

  private static final String URL = "http://127.0.0.1:9165/";

  private static final String OWN =
      """
      jkeepalived {
        http_address %s
      }
      """;

  /** Opens connections that never say what they want, garbage, and giant heads. */
  private static final String HOSTILE =
      """
      for i in $(seq 100); do
        exec {fd}<>/dev/tcp/127.0.0.1/9165
        printf 'GET / HTTP/1.1\\r\\nX-Slow: ' >&$fd 2>/dev/null || true
      done
      echo slow
      for i in $(seq 50); do
        { head -c 100000 /dev/zero; } 2>/dev/null >/dev/tcp/127.0.0.1/9165 || true
        { printf 'GET /'; head -c 100000 /dev/zero | tr '\\0' x; } \\
          2>/dev/null >/dev/tcp/127.0.0.1/9165 || true
      done
      echo garbage
      exec 9<>/dev/tcp/127.0.0.1/9165
      printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&9
      cat <&9
      """;

  @TempDir private Path folder;

  private static String configuration(int priority, int priorityOfOther) {
    return instance("VI_1", 51, priority, TwoNodes.VIRTUAL + "/16")
        + instance("VI_2", 52, priorityOfOther, "10.9.9.9/24");
  }

  private static String instance(String name, int id, int priority, String address) {
    return new InstanceBlock(name, id, priority, List.of(), List.of(address)).text();
  }

  private static String[] at(Node node) {
    return new String[] {"ip", "netns", "exec", node.namespace()};
  }

  private static String get(Node node, int port) {
    String script = HOSTILE.substring(HOSTILE.indexOf("exec 9")).replace("9165", "" + port);
    return script(node, script).output();
  }

  private static Shell.Result script(Node node, String script) {
    return Shell.attempt("ip", "netns", "exec", node.namespace(), "bash", "-c", script);
  }

  @Test
  void aBrowserShowsWhoIsMasterOfWhat() throws Exception {
    Browser browser = Browser.installed(folder);
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.second.start(DaemonKind.KEEPALIVED, configuration(100, 200));
      nodes.first.start(
          DaemonKind.JKEEPALIVED, OWN.formatted("127.0.0.1") + configuration(200, 100));
      nodes.awaitFirstIsMasterAlone();
      Await.until(
          "the page has both",
          () -> {
            String page = get(nodes.first, 9165);
            return page.contains(">MASTER</b></td>")
                && page.contains("<td>" + TwoNodes.ADDRESS_2 + " (200)</td>");
          },
          nodes::evidence);
      String document = browser.look(URL, at(nodes.first)).document();
      assertTrue(
          document.contains("<td>VI_1</td><td><b class=\"badge good\">MASTER</b>"), document);
      assertTrue(
          document.contains("<td>VI_2</td><td><b class=\"badge calm\">BACKUP</b>"), document);
      assertTrue(
          document.contains(
              "<dt>192.168.32.200/16 dev eth0 scope global</dt><dd><span class=\"good\">held<"),
          document);
      assertTrue(document.contains("<dd>not here</dd>"), document);
      assertTrue(
          document.contains("<strong>VI_1</strong> BACKUP → <b class=\"badge good\">MASTER</b>"),
          document);
    }
  }

  @Test
  void whoeverIsInTheWayIsInNobodys() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          DaemonKind.JKEEPALIVED, OWN.formatted("127.0.0.1") + configuration(200, 200));
      nodes.second.start(DaemonKind.JKEEPALIVED, configuration(100, 100));
      nodes.awaitFirstIsMaster();
      Await.until(
          "the page is there",
          () -> get(nodes.first, 9165).contains("HTTP/1.1 200 OK"),
          nodes::evidence);
      // whoever was there first may have been master for a moment
      nodes.awaitAdvertisements(2, TwoNodes.FROM_1);
      int masters = transitions(nodes.first);
      int taken = nodes.wire.advertisements(TwoNodes.FROM_2).size();
      Shell.Result result = script(nodes.first, HOSTILE);
      assertTrue(result.output().startsWith("slow\ngarbage\nHTTP/1.1 200 OK\r\n"), result::output);
      nodes.awaitAdvertisements(2, TwoNodes.FROM_1);
      assertEquals(taken, nodes.wire.advertisements(TwoNodes.FROM_2).size(), "nobody took over");
      assertEquals(masters, transitions(nodes.first));
    }
  }

  private static int transitions(Node node) {
    return get(node, 9165).split("<li class=", -1).length;
  }

  @Test
  void aReloadMovesThePageAndTakesItAway() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED, OWN.formatted("::1 80") + configuration(255, 1));
      nodes.awaitFirstIsMasterAlone();
      Await.until("the page is there", () -> isListening(nodes.first, "[::1]:80"));
      assertTrue(daemon.threads().contains("http"), daemon.threads()::toString);

      reload(nodes, daemon, OWN.formatted("127.0.0.1 8080"));
      Await.until("it has moved", () -> isListening(nodes.first, "127.0.0.1:8080"));
      assertFalse(isListening(nodes.first, "[::1]:80"));

      nodes.awaitAdvertisements(2, TwoNodes.FROM_1);
      long before = daemon.wakeups().get("http");
      nodes.awaitAdvertisements(3, TwoNodes.FROM_1);
      assertEquals(before, daemon.wakeups().get("http"), "nobody asks, and it wakes");
      assertTrue(get(nodes.first, 8080).startsWith("HTTP/1.1 200 OK"));
      assertTrue(daemon.wakeups().get("http") > before, "nobody sees it wake");

      reload(nodes, daemon, "");
      Await.until("it is gone", () -> !isListening(nodes.first, "127.0.0.1:8080"));
      Await.until("its thread, too", () -> !daemon.threads().contains("http"));
      nodes.awaitAdvertisements(2, TwoNodes.FROM_1);
      nodes.first.awaitHas(TwoNodes.VIRTUAL);
    }
  }

  private static void reload(TwoNodes nodes, StartedDaemon daemon, String own) {
    nodes.first.configure(own + configuration(255, 1));
    Operator.assertSays(Operator.ask(daemon, "reload"), 0, "Reload complete");
  }

  private static boolean isListening(Node node, String where) {
    return Shell.run("ip", "netns", "exec", node.namespace(), "ss", "-ltnH")
        .contains(" " + where + " ");
  }
}
