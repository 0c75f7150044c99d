package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

class StaleObjectsTest {

  private static final PlacedObject ONE = on(2, TestObjects.address("10.0.0.1"));
  private static final PlacedObject TWO = on(2, TestObjects.address("10.0.0.2"));
  private static final PlacedObject THREE = on(2, TestObjects.address("10.0.0.3"));

  private static PlacedObject on(int link, VirtualAddress address) {
    return new PlacedObject(new KernelAddress(address), List.of(link));
  }

  @Test
  void areThoseOfTheJournalAndThoseOfTheFile() {
    assertEquals(
        List.of(ONE, THREE),
        StaleObjects.among(
            List.of(ONE, TWO, THREE), Set.of("eth0 10.0.0.1/24"), List.of(THREE.object())));
  }

  @Test
  void areOnlyThoseThatAreThere() {
    assertEquals(
        List.of(),
        StaleObjects.among(List.of(TWO), Set.of("eth0 10.0.0.1/24"), List.of(THREE.object())));
  }

  @Test
  void areNotThoseOfAnotherLinkOrNetwork() {
    PlacedObject elsewhere = on(3, TestObjects.address("10.0.0.1").on("eth1"));
    assertEquals(
        List.of(),
        StaleObjects.among(List.of(elsewhere, ONE), Set.of("eth0 10.0.0.1/32"), List.of()));
    assertEquals(
        List.of(elsewhere),
        StaleObjects.among(List.of(elsewhere, ONE), Set.of("eth1 10.0.0.1/24"), List.of()));
  }

  @Test
  void addressWithAPeerIsNamedAsTheKernelShowsIt() {
    VirtualAddress plain = TestObjects.address("10.0.0.9");
    VirtualAddress withPeer =
        new VirtualAddress(
            plain.address(),
            32,
            plain.device(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.of(new VirtualAddress.Peer(TestInstance.address("10.9.9.9"), 24)),
            Set.of(),
            true,
            plain.preferredLifetimeSeconds());
    assertEquals("eth0 10.0.0.9/24", new KernelAddress(withPeer).journalText());
    assertEquals(Set.of("eth0 10.0.0.9/24"), StaleObjects.journalTexts(List.of(on(2, withPeer))));
  }
}
