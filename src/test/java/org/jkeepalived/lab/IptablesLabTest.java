package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.jkeepalived.lab.TwoNodes.instance6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * {@code no_accept} by iptables, and what VMACs must not send. What keepalived 2.3.3 made of the
 * same configuration is recorded beside this, since a distribution's keepalived has no iptables any
 * more; {@code -Diptables.oracle=FILE}, with the keepalived that has, records it anew.
 */
@Lab
final class IptablesLabTest {

  private static final Path RECORDED =
      Checkout.ROOT.resolve("src/test/resources/org/jkeepalived/lab/iptables.txt");

  private static final Optional<String> ORACLE =
      Optional.ofNullable(System.getProperty("iptables.oracle"));

  private static final String BY_SETS = "vrrp_iptables in out\nvrrp_ipsets vips";
  private static final String BY_ADDRESS = "vrrp_iptables INPUT\nvrrp_ipsets";
  private static final String VMACS_BY_RULES = "vrrp_iptables in out\nvrrp_ipsets";

  /** What a node has at /tmp is its own: programs for it cannot be there. */
  @TempDir(factory = InTarget.class)
  private Path programs;

  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(Checkout.ROOT.resolve("target"), "iptables");
    }
  }

  /** Makes {@code iptables} the one that makes no rules of nftables, whatever this machine's is. */
  @BeforeEach
  void links() throws IOException {
    for (String name : List.of("iptables", "ip6tables")) {
      for (String suffix : List.of("", "-save", "-restore")) {
        Path legacy = Path.of("/usr/sbin", name + "-legacy" + suffix);
        assumeTrue(Files.isExecutable(legacy), legacy + " is not installed");
        Files.createSymbolicLink(programs.resolve(name + suffix), legacy);
      }
    }
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ipset")), "ipset is not installed");
    if (ORACLE.isPresent()) {
      Files.copy(
          Path.of(ORACLE.get()),
          programs.resolve("keepalived"),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private Map<String, String> environment() {
    return Map.of("PATH", programs + ":" + System.getenv("PATH"));
  }

  private StartedDaemon start(Node node, DaemonKind kind) {
    return node.start(kind, List.of(), environment());
  }

  private Shell.Result iptables(Node node, String program, String... arguments) {
    return node.execute(
        Stream.concat(Stream.of(programs.resolve(program).toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Chains for us, and rules of others, in both families. */
  private void prepare(Node node) {
    for (String program : List.of("iptables", "ip6tables")) {
      Shell.Result first = iptables(node, program, "-w", "-N", "in");
      assumeTrue(first.exitCode() == 0, "no " + program + " in this kernel: " + first.output());
      iptables(node, program, "-w", "-N", "out");
      iptables(node, program, "-w", "-A", "INPUT", "-p", "tcp", "--dport", "22", "-j", "ACCEPT");
      iptables(node, program, "-w", "-A", "in", "-p", "tcp", "--dport", "22", "-j", "ACCEPT");
    }
    assertEquals(0, node.execute("ipset", "create", "others", "hash:ip").exitCode());
    Shell.Result match =
        iptables(
            node,
            "iptables",
            "-w",
            "-A",
            "out",
            "-m",
            "set",
            "--match-set",
            "others",
            "dst",
            "-j",
            "ACCEPT");
    assumeTrue(match.exitCode() == 0, "no xt_set in this kernel: " + match.output());
  }

  /** Of both families, excluded and link-local addresses, an owner, and one that answers. */
  private static String whole(String globals) {
    return "global_defs {\n"
        + globals
        + "\n}\n"
        + instance(200)
            .named("VI_4", 51)
            .with("no_accept", "virtual_ipaddress_excluded {", "fd09::77/64", "fe80::78", "}")
            .text()
        + instance6(150)
            .named("VI_6", 52)
            .withAddresses(VIRTUAL_6, "fd09::100/64")
            .with("no_accept")
            .text()
        + instance(255)
            .named("VI_OWNER", 54)
            .withAddresses("192.168.32.54")
            .with("no_accept")
            .text()
        + instance(200).named("VI_ACCEPT", 55).withAddresses("192.168.32.55").text();
  }

  /** Line by line; without what is another each time, and what only some releases of ipset say. */
  private String listed(Node node) {
    return Stream.of(
            iptables(node, "iptables-save", "-t", "filter").output(),
            iptables(node, "ip6tables-save", "-t", "filter").output(),
            node.execute("ipset", "save", "-s").output())
        .flatMap(String::lines)
        .filter(line -> line.startsWith("-A ") || line.matches("(create|add) .*"))
        .map(line -> line.replaceAll(" (bucketsize|initval) \\S+", ""))
        .map(line -> line.replace("icmpv6 ", "ipv6-icmp "))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** From FAULT to FAULT by way of MASTER, and to the end. */
  private String live(Node node, DaemonKind kind, String globals) {
    StringBuilder seen = new StringBuilder();
    node.ip("link", "set", "eth0", "down");
    node.configure(whole(globals));
    String before = listed(node);
    StartedDaemon daemon = start(node, kind);
    if (globals.equals(BY_SETS)) {
      Await.until(
          "rules stand",
          () -> listed(node).contains("-A out -m set --match-set vips6 src -j DROP"),
          () -> listed(node) + daemon.log());
      seen.append("# start\n").append(listed(node));
    }
    node.ip("link", "set", "eth0", "up");
    for (String address : List.of(VIRTUAL, VIRTUAL_6, "192.168.32.55", "fd09::77")) {
      node.awaitHas(address);
    }
    seen.append("# master\n").append(listed(node));
    node.ip("link", "set", "eth0", "down");
    Await.until(
        "nothing is blocked in FAULT",
        () -> !listed(node).contains(VIRTUAL) && !listed(node).contains("fd09::100"),
        () -> listed(node) + daemon.log());
    seen.append("# fault\n").append(listed(node));
    node.ip("link", "set", "eth0", "up");
    node.awaitHas(VIRTUAL);
    assertEquals(0, daemon.stop());
    assertEquals(before, listed(node));
    return seen.toString();
  }

  private String live(Node node, DaemonKind kind) {
    return "## sets\n"
        + live(node, kind, BY_SETS)
        + "## addresses\n"
        + live(node, kind, BY_ADDRESS)
        + "## virtual MAC addresses, sets\n"
        + liveWithVmacs(node, kind, BY_SETS)
        + "## virtual MAC addresses, rules\n"
        + liveWithVmacs(node, kind, VMACS_BY_RULES);
  }

  /**
   * What the kernel must not send on them, in whatever state they are; sorted, since keepalived
   * puts rules without sets where the chain begins. Without what is for the address that keepalived
   * gives a VMAC, and that its stop forgets.
   */
  private String liveWithVmacs(Node node, DaemonKind kind, String globals) {
    node.configure(
        "global_defs {\n"
            + globals
            + "\n}\n"
            + instance(200).named("VI_4", 51).with("use_vmac").text()
            + instance6(150).named("VI_6", 52).withAddresses(VIRTUAL_6).with("use_vmac").text());
    String before = listed(node);
    StartedDaemon daemon = start(node, kind);
    node.awaitHas(VIRTUAL);
    node.awaitHas(VIRTUAL_6);
    String seen =
        listed(node)
            .lines()
            .filter(line -> !line.contains("vips_nd") && !line.contains("icmpv6-type 136"))
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(0, daemon.stop());
    if (kind == DaemonKind.KEEPALIVED) {
      iptables(node, "ip6tables", "-w", "-F", "out");
    }
    assertEquals(before, listed(node));
    return seen;
  }

  @Test
  void rulesAndSetsAreThoseOfKeepalived() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.awaitIpv6("eth0");
      prepare(nodes.first);
      if (ORACLE.isPresent()) {
        Files.writeString(RECORDED, live(nodes.first, DaemonKind.KEEPALIVED));
      }
      assertEquals(Files.readString(RECORDED), live(nodes.first, DaemonKind.JKEEPALIVED));
    }
  }

  /** Rules of others stay where they are, whatever becomes of ours. */
  @Test
  void aReloadMovesThemAndOfAKilledDaemonNothingStays() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      String others = listed(node);
      node.configure(single(BY_SETS));
      StartedDaemon daemon = start(node, DaemonKind.JKEEPALIVED);
      node.awaitHas(VIRTUAL);
      String blocked = "add vips " + VIRTUAL;
      String rule = "-A in -m set --match-set vips dst -j DROP";
      awaitListed(node, daemon, blocked, rule);

      // nobody is told by the kernel, and keepalived never notices
      assertEquals(0, iptables(node, "iptables", "-w", "-D", "in", "2").exitCode());
      assertFalse(listed(node).contains(rule), listed(node));
      awaitListed(node, daemon, blocked, rule);
      assertEquals(0, node.execute("ipset", "flush", "vips").exitCode());
      awaitListed(node, daemon, blocked, rule);

      node.configure(single("vrrp_iptables INPUT\nvrrp_ipsets mine"));
      daemon.signal("HUP");
      String moved = "-A INPUT -m set --match-set mine dst -j DROP";
      awaitListed(node, daemon, "add mine " + VIRTUAL, moved);
      Await.until("old ones are gone", () -> !listed(node).contains("vips"), daemon::log);
      assertTrue(node.has(VIRTUAL), daemon::log);

      daemon.kill();
      assertTrue(listed(node).contains(moved), listed(node));
      daemon = node.start(DaemonKind.JKEEPALIVED, List.of("--release"), environment());
      assertEquals(0, daemon.awaitExit(), daemon::log);
      assertEquals(others, listed(node));
    }
  }

  /** Also of a daemon that was killed: the next one cannot know who has made it. */
  @Test
  void aSetOfSomebodyElsesStays() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      assertEquals(0, node.execute("ipset", "create", "vips", "hash:ip").exitCode());
      assertEquals(0, node.execute("ipset", "add", "vips", "192.168.99.9").exitCode());
      String others = listed(node);
      node.configure(single(BY_SETS));
      StartedDaemon daemon = start(node, DaemonKind.JKEEPALIVED);
      awaitListed(node, daemon, "add vips " + VIRTUAL, "add vips 192.168.99.9");
      daemon.kill();
      daemon = node.start(DaemonKind.JKEEPALIVED, List.of("--release"), environment());
      assertEquals(0, daemon.awaitExit(), daemon::log);
      assertEquals(others, listed(node));
      assertTrue(daemon.log().contains("ipset vips stays"), daemon::log);
    }
  }

  private static String single(String globals) {
    return "global_defs {\n" + globals + "\n}\n" + instance(150).with("no_accept").text();
  }

  private void awaitListed(Node node, StartedDaemon daemon, String... lines) {
    Await.until(
        String.join(", ", lines),
        () -> listed(node).lines().toList().containsAll(List.of(lines)),
        () -> listed(node) + daemon.log());
  }

  /** As keepalived does, and says. */
  @Test
  void nftablesIsTakenWhereIptablesMakesItsRules() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      Path iptables = programs.resolve("iptables");
      Files.delete(iptables);
      Files.writeString(iptables, "#!/bin/sh\necho 'iptables v1.8.9 (nf_tables)'\n");
      assertTrue(iptables.toFile().setExecutable(true));
      Node node = nodes.first;
      node.configure(single(BY_SETS));
      StartedDaemon daemon = start(node, DaemonKind.JKEEPALIVED);
      node.awaitHas(VIRTUAL);
      assertTrue(
          node.execute("nft", "list", "ruleset").output().contains("elements = { " + VIRTUAL),
          daemon::log);
      assertTrue(
          daemon.log().contains("Not using iptables since iptables uses nf_tables"), daemon::log);
      assertEquals(0, daemon.stop());
      assertEquals("", node.execute("nft", "list", "ruleset").output());
    }
  }
}
