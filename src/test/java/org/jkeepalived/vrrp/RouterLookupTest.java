package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementFrame;
import org.jkeepalived.vrrp.packet.ReceivedPacket;
import org.junit.jupiter.api.Test;

/** Whose a packet is, by link, group and VRID. */
class RouterLookupTest {

  private static final VrrpInstance A = TestInstance.of("name=A", "vrid=51");
  private static final VrrpInstance B = TestInstance.of("name=B", "vrid=255");
  private static final VrrpInstance ELSEWHERE =
      TestInstance.of("name=E", "vrid=51", "interface=eth1");
  private static final VrrpInstance OTHER_GROUP =
      TestInstance.of("name=G", "vrid=51", "group=224.0.0.99");

  private final RouterLookup lookup = new RouterLookup();
  private final RoutersRig rig = new RoutersRig(TestConfiguration.of(A, B, ELSEWHERE, OTHER_GROUP));

  private void addAll() {
    rig.routers().all().forEach(lookup::add);
    lookup.attachLink(1, "eth0");
    lookup.attachLink(2, "eth1");
  }

  private void assertFound(String name, int linkIndex, VrrpInstance sender) {
    byte[] frame =
        new AdvertisementFrame(sender, new byte[6], TestInstance.address("10.0.0.9")).next(100);
    ReceivedPacket packet = new ReceivedPacket();
    packet.read(frame, RoutersRig.IP_AT, frame.length);
    assertEquals(
        Optional.of(name).filter(some -> !some.isEmpty()),
        lookup.find(linkIndex, packet).map(found -> found.router().instance().name()));
  }

  private void assertNobody(int linkIndex, VrrpInstance sender) {
    assertFound("", linkIndex, sender);
  }

  @Test
  void linkGroupAndVridDecideTogether() {
    addAll();
    assertFound("A", 1, A);
    assertFound("B", 1, B);
    assertFound("E", 2, ELSEWHERE);
    assertFound("G", 1, OTHER_GROUP);
    assertNobody(1, TestInstance.of("vrid=52"));
    assertNobody(2, B);
    assertNobody(2, OTHER_GROUP);
    assertNobody(3, A);
    assertNobody(1, TestInstance.of("vrid=51", "group=224.0.0.77"));
  }

  @Test
  void linkIsKnownByTheIndexThatItHasNow() {
    addAll();
    lookup.detachLink(1);
    assertNobody(1, A);
    lookup.attachLink(7, "eth0");
    assertFound("A", 7, A);
    assertNobody(1, A);
  }

  @Test
  void linkMayBeThereBeforeItsRouters() {
    lookup.attachLink(1, "eth0");
    assertNobody(1, A);
    lookup.add(rig.running("A"));
    assertFound("A", 1, A);
  }

  @Test
  void whoIsRemovedIsNotFound() {
    addAll();
    lookup.remove(rig.running("A"));
    assertNobody(1, A);
    assertFound("B", 1, B);
    assertFound("G", 1, OTHER_GROUP);
    lookup.remove(rig.running("A"));
    lookup.remove(rig.running("B"));
    assertNobody(1, B);
    lookup.add(rig.running("B"));
    assertFound("B", 1, B);
  }

  @Test
  void whoTookAnothersPlaceStays() {
    addAll();
    RunningRouter before = rig.running("A");
    RunningRouter after =
        new RoutersRig(TestConfiguration.of(TestInstance.of("name=Z", "vrid=51"))).running("Z");
    lookup.add(after);
    lookup.remove(before);
    assertFound("Z", 1, A);
    lookup.remove(after);
    assertNobody(1, A);
  }
}
