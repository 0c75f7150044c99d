package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.kernel.TestObjects;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualAddress.Flag;
import org.jkeepalived.model.VirtualAddress.Peer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class RouteWriterLabTest {

  private static InetAddress ip(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private static VirtualAddress plain(String address, int prefixLength) throws Exception {
    return full(address, prefixLength, Optional.empty(), 0, Optional.empty(), Set.of());
  }

  private static VirtualAddress full(
      String address,
      int prefixLength,
      Optional<InetAddress> broadcast,
      int scope,
      Optional<String> label,
      Set<Flag> flags)
      throws Exception {
    return new VirtualAddress(
        ip(address),
        prefixLength,
        "a0",
        broadcast,
        scope,
        label,
        Optional.empty(),
        flags,
        true,
        OptionalLong.empty());
  }

  private static int index(LabNamespace space, String name) throws Exception {
    return Integer.parseInt(space.exec("cat", "/sys/class/net/" + name + "/ifindex").strip());
  }

  private static List<KernelResult> apply(LabNamespace space, List<KernelRequest> requests)
      throws Exception {
    return space.call(
        () -> {
          try (RouteWriter writer = RouteWriter.open()) {
            return writer.write(requests);
          }
        });
  }

  private static List<Outcome> outcomes(List<KernelResult> results) {
    return results.stream().map(KernelResult::outcome).toList();
  }

  /** In the order of the configuration that keepalived gets. */
  @Test
  void addsEveryOptionAsKeepalivedDoes() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int link = index(space, "a0");
      VirtualAddress withPeer =
          new VirtualAddress(
              ip("10.9.0.9"),
              32,
              "a0",
              Optional.empty(),
              0,
              Optional.empty(),
              Optional.of(new Peer(ip("10.9.1.1"), 32)),
              Set.of(),
              true,
              OptionalLong.empty());
      List<VirtualAddress> wanted =
          List.of(
              plain("10.9.0.5", 32),
              full("10.9.0.6", 24, Optional.of(ip("10.9.0.255")), 0, Optional.of("a0:1"), Set.of()),
              full("10.9.0.8", 32, Optional.empty(), 254, Optional.empty(), Set.of()),
              withPeer,
              full(
                  "10.9.2.9",
                  32,
                  Optional.empty(),
                  0,
                  Optional.empty(),
                  Set.of(Flag.MNGTMPADDR, Flag.HOME, Flag.NODAD)),
              plain("10.9.0.10", 24),
              full(
                  "10.9.0.11",
                  25,
                  Optional.of(ip("10.9.0.0")),
                  0,
                  Optional.empty(),
                  Set.of(Flag.NOPREFIXROUTE)),
              full("10.9.5.1", 24, Optional.empty(), 253, Optional.empty(), Set.of()),
              full("239.1.2.3", 32, Optional.empty(), 0, Optional.empty(), Set.of(Flag.AUTOJOIN)));
      List<KernelRequest> adding = new ArrayList<>();
      List<KernelRequest> removing = new ArrayList<>();
      for (VirtualAddress address : wanted) {
        adding.add(TestObjects.request(Operation.ADD, link, address));
        removing.add(TestObjects.request(Operation.REMOVE, link, address));
      }
      List<KernelResult> results = apply(space, adding);
      assertTrue(results.stream().allMatch(r -> r.outcome() == Outcome.DONE), results::toString);
      assertEquals(ofKeepalived(), addressLines(space));
      results = apply(space, removing);
      assertTrue(results.stream().allMatch(KernelResult::asWanted), results::toString);
      assertEquals("", addressLines(space));
    }
  }

  /** What the peer makes of the same addresses; it becomes master at once. */
  private static String ofKeepalived() throws Exception {
    Path directory = Files.createTempDirectory("keepalived");
    Path configuration = directory.resolve("keepalived.conf");
    Files.writeString(
        configuration,
        """
        vrrp_instance VI_1 {
          interface a0
          virtual_router_id 51
          priority 255
          virtual_ipaddress {
            10.9.0.5
            10.9.0.6/24 brd 10.9.0.255 label a0:1
            10.9.0.8 scope host
            10.9.0.9 peer 10.9.1.1
            10.9.2.9 mngtmpaddr home -nodad
            10.9.0.10/24
            10.9.0.11/25 brd - noprefixroute
            10.9.5.1/24 scope link
            239.1.2.3 autojoin
          }
        }
        """);
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.ip("address", "add", "10.7.0.1/24", "dev", "a0");
      Process keepalived =
          new ProcessBuilder(
                  List.of(
                      ("ip netns exec "
                              + space.name()
                              + " keepalived -n -l -P -f "
                              + configuration
                              + " -p "
                              + directory.resolve("1.pid")
                              + " -r "
                              + directory.resolve("2.pid"))
                          .split(" ")))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      try {
        String lines = "";
        long start = System.nanoTime();
        // the last one added
        while (!lines.contains("239.1.2.3") && System.nanoTime() - start < 20_000_000_000L) {
          lines = addressLines(space);
        }
        return lines.replace("inet 10.7.0.1/24 scope global a0\n", "");
      } finally {
        keepalived.destroy();
        keepalived.waitFor();
        try (var files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
      }
    }
  }

  private static String addressLines(LabNamespace space) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String line : space.ip("-4", "-o", "address", "show", "dev", "a0").split("\n")) {
      if (line.contains("inet ")) {
        lines.append(line, line.indexOf("inet "), line.indexOf('\\')).append('\n');
      }
    }
    return lines.toString().replaceAll(" +\n", "\n");
  }

  @Test
  void whatTheKernelRefusesIsAValueAndStopsNothing() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int link = index(space, "a0");
      List<KernelResult> results =
          apply(
              space,
              List.of(
                  TestObjects.request(Operation.ADD, link, plain("10.9.0.1", 24)),
                  TestObjects.request(Operation.ADD, link, plain("10.9.0.1", 24)),
                  // another scope within the same subnet
                  TestObjects.request(
                      Operation.ADD,
                      link,
                      full("10.9.0.2", 24, Optional.empty(), 253, Optional.empty(), Set.of())),
                  TestObjects.request(Operation.ADD, 9999, plain("10.9.0.3", 24)),
                  TestObjects.request(Operation.REMOVE, link, plain("10.9.0.4", 24)),
                  TestObjects.request(Operation.REMOVE, 9999, plain("10.9.0.5", 24)),
                  TestObjects.request(Operation.ADD, link, plain("10.9.0.6", 24))));
      assertEquals(
          List.of(
              Outcome.DONE,
              Outcome.ALREADY_THERE,
              Outcome.REFUSED,
              Outcome.REFUSED,
              Outcome.NOT_THERE,
              Outcome.NOT_THERE,
              Outcome.DONE),
          outcomes(results));
      assertEquals(Errno.EINVAL, results.get(2).error().orElseThrow().number());
      assertEquals(Errno.ENODEV, results.get(3).error().orElseThrow().number());
      assertTrue(
          results.get(3).error().orElseThrow().text().startsWith("No such device"),
          results::toString);
      assertTrue(addressLines(space).contains("10.9.0.6/24"));
    }
  }

  @Test
  void thousandsGoInOneCall() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int link = index(space, "a0");
      List<KernelRequest> adding = new ArrayList<>();
      List<KernelRequest> removing = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        VirtualAddress address = plain("10.8." + i / 250 + "." + (i % 250 + 1), 32);
        adding.add(TestObjects.request(Operation.ADD, link, address));
        removing.add(TestObjects.request(Operation.REMOVE, link, address));
      }
      assertTrue(outcomes(apply(space, adding)).stream().allMatch(Outcome.DONE::equals));
      assertEquals(3_000, addressLines(space).lines().count());
      assertTrue(outcomes(apply(space, adding)).stream().allMatch(Outcome.ALREADY_THERE::equals));
      assertTrue(outcomes(apply(space, removing)).stream().allMatch(Outcome.DONE::equals));
      assertEquals("", addressLines(space));
    }
  }
}
