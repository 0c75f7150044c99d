package org.jkeepalived.host.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.TestObjects;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.netlink.route.RouteWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class JournalReleaseLabTest {

  @TempDir Path folder;

  @Test
  void realKernelIsFreedOfWhatTheJournalNames() throws Exception {
    JournalPath path = JournalPath.in(folder, "pid");
    KernelJournal killed = KernelJournal.open(path);
    killed.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    killed.adding("lvs", requests(Operation.ADD, "10.0.0.3"));
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("eth0", "eth1");
      int link = Integer.parseInt(space.exec("cat", "/sys/class/net/eth0/ifindex").strip());
      // the machine's own address comes first: with the first one of a network the rest would go
      List<KernelRequest> adding =
          List.of("10.0.0.4", "10.0.0.1", "10.0.0.3").stream()
              .map(one -> TestObjects.request(Operation.ADD, link, TestObjects.address(one)))
              .toList();
      space.call(
          () -> {
            try (RouteWriter writer = RouteWriter.open()) {
              writer.write(adding);
            }
            assertEquals(
                new Released(List.of("10.0.0.1/24 from eth0", "10.0.0.3/24 from eth0"), List.of()),
                JournalRelease.run(path));
            return null;
          });
      String left = space.ip("-4", "-o", "address", "show", "dev", "eth0");
      assertEquals(1, left.lines().count(), left);
      assertEquals(List.of("10.0.0.4/24"), List.of(left.split(" +")[3]));
      assertFalse(Files.exists(path.file()));
    }
  }
}
