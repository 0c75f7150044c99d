package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One machine of a {@link Cluster}: a namespace with interfaces, and directories of its own. */
final class Node {

  private final Cluster cluster;
  private final String name;
  private final Path directory;
  private final List<StartedDaemon> daemons = new ArrayList<>();
  private final List<Process> helpers = new ArrayList<>();

  /** What keeps the node's own process namespace open, seen from outside. */
  private Optional<ProcessHandle> init = Optional.empty();

  Node(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
    directory = cluster.directory().resolve(name);
    try {
      for (String part : List.of("run", "tmp", "etc")) {
        Files.createDirectories(directory.resolve(part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  String namespace() {
    return cluster.name() + "-" + name;
  }

  /** The node's own {@code /run}, {@code /tmp} and {@code /etc/keepalived} live here. */
  Path directory() {
    return directory;
  }

  // --- links -----------------------------------------------------------------------------------

  /** Plugs a new interface into a segment. */
  void attach(String segment, String device, String address) {
    String port = port(device);
    ip(
        "link",
        "add",
        "name",
        device,
        "address",
        hardwareAddress(address),
        "type",
        "veth",
        "peer",
        "name",
        port,
        "netns",
        cluster.switchNamespace());
    ip("address", "add", address, "brd", "+", "dev", device);
    ip("link", "set", device, "up");
    Shell.run("ip", "-n", cluster.switchNamespace(), "link", "set", port, "master", segment, "up");
  }

  /**
   * {@code 02:00:c0:a8:20:81} for 192.168.32.129: what follows from it, an IPv6 link-local address,
   * is the same in each run.
   */
  private static String hardwareAddress(String address) {
    StringBuilder mac = new StringBuilder("02:00");
    for (String part : address.split("/")[0].split("\\.")) {
      mac.append(String.format(Locale.ROOT, ":%02x", Integer.parseInt(part)));
    }
    return mac.toString();
  }

  /** Waits until what is sent on an interface gets through: a new port needs up to a second. */
  void awaitForwarding(String device) {
    Await.until(
        "the switch forwards for " + name,
        () ->
            Shell.run(
                    "bridge", "-n", cluster.switchNamespace(), "link", "show", "dev", port(device))
                .contains("state forwarding"));
  }

  /** Pulls the cable at the switch: the node sees its carrier go. */
  void unplug(String device) {
    Shell.run("ip", "-n", cluster.switchNamespace(), "link", "set", port(device), "down");
  }

  /** Puts the cable back. */
  void plug(String device) {
    Shell.run("ip", "-n", cluster.switchNamespace(), "link", "set", port(device), "up");
  }

  /** Lets no multicast through to this node, with its carrier left up: a broken switch. */
  void deafen(String device) {
    setMulticast(device, "off");
  }

  /** Undoes {@link #deafen}. */
  void undeafen(String device) {
    setMulticast(device, "on");
  }

  /** Lets nothing through to this node that is for it alone; what is for all still comes. */
  void deafenToPeers(String device) {
    setUnicast(device, "off");
    Shell.run(
        "ip",
        "-n",
        cluster.switchNamespace(),
        "link",
        "set",
        "dev",
        port(device),
        "type",
        "bridge_slave",
        "fdb_flush");
  }

  /** Undoes {@link #deafenToPeers}. */
  void undeafenToPeers(String device) {
    setUnicast(device, "on");
  }

  /** Whether the switch learns where the node is, and looks for it where it has not. */
  private void setUnicast(String device, String value) {
    Shell.run(
        "bridge",
        "-n",
        cluster.switchNamespace(),
        "link",
        "set",
        "dev",
        port(device),
        "flood",
        value,
        "learning",
        value);
  }

  private void setMulticast(String device, String value) {
    Shell.run(
        "bridge",
        "-n",
        cluster.switchNamespace(),
        "link",
        "set",
        "dev",
        port(device),
        "mcast_flood",
        value);
  }

  /** Removes an interface, and with it its cable. */
  void detach(String device) {
    ip("link", "delete", "dev", device);
  }

  /** The machine loses its power: nothing runs, and its cable is dead. */
  void powerOff(String device) {
    unplug(device);
    daemons.forEach(StartedDaemon::kill);
  }

  /** Waits until the IPv6 addresses of an interface may be used: nobody else has them. */
  void awaitIpv6(String device) {
    Await.until(
        name + " has IPv6 addresses on " + device,
        () -> {
          String shown = ip("-6", "address", "show", "dev", device, "scope", "link");
          return shown.contains("inet6") && !shown.contains("tentative");
        });
  }

  /** Waits until a daemon listens to an IPv6 multicast group, its bytes in hexadecimal. */
  void awaitListensToIpv6(String hexadecimal) {
    Await.until(
        name + " listens to " + hexadecimal,
        () -> execute("cat", "/proc/net/igmp6").output().contains(hexadecimal),
        this::evidence);
  }

  /** Waits until a daemon listens to a multicast group. */
  void awaitListensTo(String group) {
    String[] parts = group.split("\\.");
    StringBuilder hex = new StringBuilder();
    for (int i = 3; i >= 0; i--) { // as a little-endian number: /proc/net/igmp
      hex.append(String.format(Locale.ROOT, "%02X", Integer.parseInt(parts[i])));
    }
    Await.until(
        name + " listens to " + group,
        () -> execute("cat", "/proc/net/igmp").output().contains(hex),
        this::evidence);
  }

  /**
   * Waits until a daemon hears what peers send, and has made ready to announce addresses: the last
   * that it does before its instances start.
   */
  void awaitListensToPeers() {
    awaitListensToPeers("/proc/net/raw");
  }

  /** The same by IPv6. */
  void awaitListensToIpv6Peers() {
    awaitListensToPeers("/proc/net/raw6");
  }

  private void awaitListensToPeers(String sockets) {
    Await.until(
        name + " listens to peers",
        () ->
            execute("cat", sockets).output().contains(":0070 ") // protocol 112
                && execute("cat", "/proc/net/packet")
                    .output()
                    .lines()
                    .skip(1)
                    .anyMatch(line -> !line.trim().split(" +")[4].equals("1")), // not on lo
        this::evidence);
  }

  /** Tells this node once and for all where another one is. */
  void introduce(String address, String mac, String device) {
    ip("neighbor", "replace", address, "lladdr", mac, "dev", device, "nud", "permanent");
  }

  /** Runs {@code ip} in this node; it must succeed. */
  String ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", namespace()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }

  /** Runs any command in this node. */
  Shell.Result execute(String... arguments) {
    return Shell.attempt(command(arguments).toArray(String[]::new));
  }

  /** How a command is run in this node. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    if (init.isPresent()) {
      String target = Long.toString(init.get().children().findFirst().orElseThrow().pid());
      command.addAll(List.of("nsenter", "--target", target, "--net", "--mount", "--pid", "--uts"));
    } else {
      command.addAll(List.of("ip", "netns", "exec", namespace()));
    }
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Gives the node processes of its own, which do not see those of other nodes, and its name as
   * host name. Call it before anything is started in it.
   */
  void separateProcesses() {
    Process box =
        start(
            ProcessBuilder.Redirect.DISCARD,
            "unshare",
            "--uts",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "sh",
            "-c",
            // the shell reaps what loses its parent: killall counts what is dead and not reaped
            "hostname " + name + "; sleep infinity & wait");
    Await.until(
        name + " has processes of its own",
        () -> box.toHandle().children().flatMap(ProcessHandle::children).count() > 0);
    init = Optional.of(box.toHandle());
  }

  boolean hasOwnProcesses() {
    return init.isPresent();
  }

  /** Starts a command in this node that runs until the cluster is closed. */
  Process start(ProcessBuilder.Redirect output, String... arguments) {
    try {
      Process process =
          new ProcessBuilder(command(arguments))
              .redirectErrorStream(true)
              .redirectOutput(output)
              .start();
      helpers.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String port(String device) {
    return name + "." + device;
  }

  // --- addresses -------------------------------------------------------------------------------

  List<ShownAddress> addresses() {
    Shell.Result result = Shell.attempt("ip", "-n", namespace(), "-4", "-o", "address", "show");
    return ShownAddress.parse(result.output());
  }

  /** Those of IPv6. */
  List<ShownAddress> addresses6() {
    Shell.Result result = Shell.attempt("ip", "-n", namespace(), "-6", "-o", "address", "show");
    return ShownAddress.parse(result.output());
  }

  Optional<ShownAddress> address(String wanted) {
    List<ShownAddress> all = wanted.contains(":") ? addresses6() : addresses();
    return all.stream().filter(each -> each.address().equals(wanted)).findFirst();
  }

  boolean has(String address) {
    return address(address).isPresent();
  }

  void awaitHas(String address) {
    Await.until(name + " has " + address, () -> checked(has(address)), this::evidence);
  }

  void awaitHasNot(String address) {
    Await.until(name + " no longer has " + address, () -> checked(!has(address)), this::evidence);
  }

  String mac(String device) {
    String line = ip("-o", "link", "show", "dev", device);
    int at = line.indexOf("link/ether ") + "link/ether ".length();
    return line.substring(at, at + 17);
  }

  /** Removes a file below {@link #directory()}, if it is there. */
  void delete(String file) {
    try {
      Files.deleteIfExists(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An interface's index, as text. */
  String index(String device) {
    return ip("-o", "link", "show", "dev", device).split(":")[0];
  }

  // --- daemons ---------------------------------------------------------------------------------

  /** Starts a daemon with a configuration. */
  StartedDaemon start(DaemonKind kind, String configuration) {
    configure(configuration);
    return start(kind, List.of());
  }

  /** Starts a daemon with what is configured, and further options. */
  StartedDaemon start(DaemonKind kind, List<String> options) {
    return start(kind, options, Map.of());
  }

  /** The same with more in its environment. */
  StartedDaemon start(DaemonKind kind, List<String> options, Map<String, String> environment) {
    StartedDaemon daemon =
        StartedDaemon.start(this, kind, daemons.size() + 1, options, environment);
    daemons.add(daemon);
    return daemon;
  }

  /** Ends what daemons were started: the next one finds their files. */
  void stopDaemons() {
    daemons.forEach(StartedDaemon::kill);
  }

  /** Writes the node's {@code /etc/keepalived/keepalived.conf}. */
  void configure(String configuration) {
    write("etc/keepalived.conf", configuration);
  }

  /** Writes a file below {@link #directory()}: {@code run/…}, {@code tmp/…}, {@code etc/…}. */
  void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file below {@link #directory()}; empty when there is none. */
  String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails at once when a daemon has ended by itself: nothing more will come of waiting. */
  void requireDaemons() {
    if (daemons.stream().anyMatch(StartedDaemon::endedUnexpectedly)) {
      throw new AssertionError("a daemon has ended\n" + evidence());
    }
  }

  private boolean checked(boolean condition) {
    if (!condition) {
      requireDaemons();
    }
    return condition;
  }

  /** For a failure's message: the kernel's addresses and what the daemons said. */
  String evidence() {
    StringBuilder text = new StringBuilder("--- " + name + "\n");
    addresses().forEach(each -> text.append(each).append('\n'));
    addresses6().forEach(each -> text.append(each).append('\n'));
    daemons.forEach(each -> text.append(each.log()));
    return text.toString();
  }

  void close() {
    daemons.forEach(StartedDaemon::kill);
    helpers.forEach(Process::destroyForcibly);
    Cluster.remove(namespace());
  }
}
