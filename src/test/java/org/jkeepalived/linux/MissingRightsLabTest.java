package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.TestObjects;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.netlink.route.LinkSettings;
import org.jkeepalived.linux.netlink.route.RouteMonitor;
import org.jkeepalived.linux.netlink.route.RouteWriter;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.linux.packet.UnicastSocket;
import org.jkeepalived.model.VirtualAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each is shown to work with the rights, so that it is their lack that makes the difference. */
@Tag("lab")
class MissingRightsLabTest {

  private static LinkPort openPort() throws SystemCallException {
    return LinkPort.open("a0", LinkPort.ADVERTISEMENTS, 64 * 1024);
  }

  private static KernelResult add(int linkIndex) throws Exception {
    VirtualAddress address =
        new VirtualAddress(
            InetAddress.getByName("10.9.0.1"),
            32,
            "a0",
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            true,
            OptionalLong.empty());
    try (RouteWriter writer = RouteWriter.open()) {
      return writer
          .write(List.of(TestObjects.request(KernelRequest.Operation.ADD, linkIndex, address)))
          .get(0);
    }
  }

  @Test
  void areValuesWithTheKernelsReason() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      int index = Integer.parseInt(space.exec("cat", "/sys/class/net/a0/ifindex").strip());
      space.call(
          () -> {
            openPort().close();
            UnicastSocket.open(112).close();
            assertEquals(KernelResult.Outcome.DONE, add(index).outcome());

            Capabilities.dropAll();

            SystemCallException port =
                assertThrows(SystemCallException.class, MissingRightsLabTest::openPort);
            assertEquals(Errno.EPERM, port.error().errno(), port.getMessage());
            SystemCallException claim =
                assertThrows(SystemCallException.class, () -> UnicastSocket.open(112));
            assertEquals(Errno.EPERM, claim.error().errno(), claim.getMessage());
            KernelResult refused = add(index);
            assertEquals(KernelResult.Outcome.REFUSED, refused.outcome());
            assertEquals(
                new KernelError(Errno.EPERM, "Operation not permitted"),
                refused.error().orElseThrow());
            try (LinkSettings settings = LinkSettings.open()) {
              assertEquals(
                  Errno.EPERM,
                  settings
                      .write(index, LinkSettings.Setting.PROMOTE_SECONDARIES, 1)
                      .orElseThrow()
                      .errno());
            }
            // to look is allowed to everybody
            Links links = new Links();
            try (RouteMonitor monitor = RouteMonitor.open(Runnable::run, Runnable::run, links)) {
              monitor.start();
            }
            assertTrue(links.named("a0").isPresent());
            return null;
          });
    }
  }
}
