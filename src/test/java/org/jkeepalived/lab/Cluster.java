package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some nodes and a switch, each in a network namespace of its own, gone again when closed.
 *
 * <p>The names of the namespaces begin with {@code jk}, the process's id and a number, so that
 * clusters stand side by side, and so that the next run finds what a killed one left behind.
 */
final class Cluster implements AutoCloseable {

  /** Where each cluster has a directory. */
  static final Path ALL = Checkout.ROOT.resolve("target/lab");

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String PREFIX = "jk";

  /** How the names of this process's clusters begin. */
  static final String OURS = PREFIX + ProcessHandle.current().pid() + "-";

  static {
    removeLeftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(Cluster::removeOurs));
  }

  private final String name;
  private final Path directory;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<String> segments = new ArrayList<>();

  private Cluster() {
    name = OURS + COUNT.incrementAndGet();
    directory = ALL.resolve(name);
  }

  /** A switch without nodes. */
  static Cluster open() {
    Cluster cluster = new Cluster();
    try {
      Files.createDirectories(cluster.directory);
      ClusterOwner.sign(cluster.directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.run("ip", "netns", "add", cluster.switchNamespace());
    cluster.addSegment("lan");
    return cluster;
  }

  /** One more Ethernet segment beside {@code lan}. */
  void addSegment(String segment) {
    // A switch that forwards at once, and floods multicast as one without snooping does.
    Shell.run(
        "ip",
        "-n",
        switchNamespace(),
        "link",
        "add",
        "name",
        segment,
        "type",
        "bridge",
        "stp_state",
        "0",
        "forward_delay",
        "0",
        "mcast_snooping",
        "0");
    Shell.run("ip", "-n", switchNamespace(), "link", "set", segment, "up");
    segments.add(segment);
  }

  /** A machine with one interface on the segment {@code lan}: {@code 192.168.32.129/16}, say. */
  Node addNode(String node, String device, String address) {
    return addNode(node, "lan", device, address);
  }

  /** The same on another segment. */
  Node addNode(String node, String segment, String device, String address) {
    Node added = new Node(this, node);
    nodes.add(added);
    Shell.run("ip", "netns", "add", added.namespace());
    added.attach(segment, device, address);
    Shell.run("ip", "-n", added.namespace(), "link", "set", "lo", "up");
    added.awaitForwarding(device);
    return added;
  }

  /** Starts to listen on the segment {@code lan}. */
  Wire listen() {
    return listen("lan", "ip proto 112 or arp");
  }

  /** Starts to listen on a segment; returns once it hears. */
  Wire listen(String segment, String filter) {
    Wire wire =
        Wire.open(switchNamespace(), segment, filter, () -> nodes.forEach(Node::requireDaemons));
    wires.add(wire);
    return wire;
  }

  String name() {
    return name;
  }

  Path directory() {
    return directory;
  }

  String switchNamespace() {
    return name + "-switch";
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    wires.forEach(Wire::close);
    remove(switchNamespace());
  }

  private static void removeOurs() {
    namespaces().stream().filter(space -> space.startsWith(OURS)).forEach(Cluster::remove);
  }

  private static void removeLeftovers() {
    for (String space : namespaces()) {
      if (space.matches(PREFIX + "\\d+-\\d+-.*")) {
        long owner = Long.parseLong(space.substring(PREFIX.length(), space.indexOf('-')));
        if (ProcessHandle.of(owner).isEmpty()) {
          remove(space);
        }
      }
    }
  }

  private static List<String> namespaces() {
    return Shell.attempt("ip", "netns", "list")
        .output()
        .lines()
        .map(line -> line.split(" ")[0])
        .toList();
  }

  /** Ends what runs in a namespace, and removes it. */
  static void remove(String namespace) {
    String pids = Shell.attempt("ip", "netns", "pids", namespace).output();
    // Stopped first: a parent that lives a little longer would start its child again.
    pids.lines().forEach(pid -> Shell.signal("STOP", Long.parseLong(pid)));
    pids.lines().forEach(pid -> Shell.signal("KILL", Long.parseLong(pid)));
    Shell.attempt("ip", "netns", "delete", namespace);
  }
}
