package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.junit.jupiter.api.Test;

/** Whose a packet is, by link, group or none, and VRID. */
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
    byte[] frame = new SentFrames(sender, new byte[6], TestInstance.address("10.0.0.9")).next(100);
    assertFound(name, linkIndex, frame, RoutersRig.IP_AT, sender.key().virtualRouterId());
  }

  private void assertFound(String name, int linkIndex, byte[] bytes, int ipAt, int vrid) {
    ReceivedDatagram datagram = new ReceivedDatagram();
    assertTrue(datagram.readIpv4(linkIndex, bytes, ipAt, bytes.length));
    assertEquals(
        Optional.of(name).filter(some -> !some.isEmpty()),
        lookup.find(datagram, vrid).map(found -> found.router().instance().name()));
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

  // ---- peers ----

  private static VrrpInstance toPeers(String name, String peers) {
    return TestInstance.of("name=" + name, "vrid=51", "peers=" + peers);
  }

  private void assertFoundFrom(String name, String source) {
    byte[] packet =
        SentFrames.toPeer(A, TestInstance.address(source), TestInstance.address("10.0.0.1"), 255)
            .next(100);
    assertFound(name, 1, packet, 0, 51);
  }

  private void add(VrrpInstance... instances) {
    new RoutersRig(TestConfiguration.of(instances)).routers().all().forEach(lookup::add);
  }

  @Test
  void peersAndGroupsAreApart() {
    addAll();
    assertFoundFrom("", "10.0.0.2");
    add(toPeers("U", "10.0.0.2"));
    assertFoundFrom("U", "10.0.0.2");
    assertFound("A", 1, A);
    lookup.remove(rig.running("A"));
    assertFoundFrom("U", "10.0.0.2");
    assertNobody(1, A);
  }

  /** Whether a stranger is believed is a matter of the receive checks. */
  @Test
  void onlyOneOfAVridHearsStrangers() {
    lookup.attachLink(1, "eth0");
    add(toPeers("U", "10.0.0.2"));
    assertFoundFrom("U", "10.0.0.9");
  }

  /** COMPAT: keepalived 2.2.7 tells those that share a VRID apart by their peers. */
  @Test
  void severalOfAVridHearTheirOwnPeers() {
    lookup.attachLink(1, "eth0");
    add(toPeers("U", "10.0.0.2,10.0.0.4"), toPeers("V", "10.0.0.3"));
    assertFoundFrom("U", "10.0.0.2");
    assertFoundFrom("V", "10.0.0.3");
    assertFoundFrom("U", "10.0.0.4");
    assertFoundFrom("", "10.0.0.9");
  }

  @Test
  void peersOfWhoIsRemovedAreStrangersToTheOther() {
    lookup.attachLink(1, "eth0");
    RoutersRig two =
        new RoutersRig(TestConfiguration.of(toPeers("U", "10.0.0.2"), toPeers("V", "10.0.0.3")));
    two.routers().all().forEach(lookup::add);
    lookup.remove(two.running("U"));
    assertFoundFrom("V", "10.0.0.3");
    assertFoundFrom("V", "10.0.0.2");
  }
}
