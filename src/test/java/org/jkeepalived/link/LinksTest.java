package org.jkeepalived.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksTest {

  private final List<String> told = new ArrayList<>();
  private final Links links = new Links();

  LinksTest() {
    links.addListener(new Recorder());
  }

  private final class Recorder implements LinkEvents {
    @Override
    public void linkChanged(LinkState link) {
      told.add("changed " + link.index() + " " + link.name());
    }

    @Override
    public void linkRemoved(LinkState link) {
      told.add("removed " + link.index() + " " + link.name());
    }

    @Override
    public void addressAdded(LinkAddress address) {
      told.add("added " + address.local().getHostAddress());
    }

    @Override
    public void addressRemoved(LinkAddress address) {
      told.add("removed " + address.local().getHostAddress());
    }

    @Override
    public void resynchronised() {
      told.add("resynchronised");
    }
  }

  @Test
  void renamedLinkIsFoundByItsNewNameOnlyAndItsOldOneIsToldAsFree() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(1, "lan"));
    assertEquals(List.of("changed 1 eth0", "changed 1 lan", "removed 1 eth0"), told);
    assertEquals(Optional.empty(), links.named("eth0"));
    assertEquals(Optional.of(TestLinks.up(1, "lan")), links.named("lan"));
    assertEquals(Optional.of(TestLinks.up(1, "lan")), links.numbered(1));
  }

  @Test
  void namesThatAreSwappedEndWhereTheyBelong() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(2, "eth1"));
    links.linkChanged(TestLinks.up(1, "tmp"));
    links.linkChanged(TestLinks.up(2, "eth0"));
    links.linkChanged(TestLinks.up(1, "eth1"));
    assertEquals(Optional.of(TestLinks.up(2, "eth0")), links.named("eth0"));
    assertEquals(Optional.of(TestLinks.up(1, "eth1")), links.named("eth1"));
    assertEquals(Optional.empty(), links.named("tmp"));
  }

  @Test
  void linkMadeAgainUnderAnotherIndexOutlivesTheNewsOfTheOldOnesEnd() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.linkChanged(TestLinks.up(2, "eth0"));
    links.linkRemoved(TestLinks.up(1, "eth0"));
    assertEquals(Optional.of(TestLinks.up(2, "eth0")), links.named("eth0"));
    assertEquals(Optional.empty(), links.numbered(1));
    assertEquals(List.of(), List.copyOf(links.addresses(1)));
  }

  @Test
  void addressesAreKeptInTheKernelsOrderAndToldAfterTheyAreWrittenDown() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.addressAdded(TestLinks.address(1, "10.0.0.2"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressRemoved(TestLinks.address(1, "10.0.0.2"));
    links.addressRemoved(TestLinks.address(7, "10.0.0.7"));
    assertEquals(List.of(TestLinks.address(1, "10.0.0.1")), List.copyOf(links.addresses(1)));
    assertEquals(List.of(TestLinks.address(1, "10.0.0.1")), links.allAddresses());
    assertEquals(
        List.of("changed 1 eth0", "added 10.0.0.2", "added 10.0.0.1", "removed 10.0.0.2"), told);
  }

  @Test
  void onlyWhatDiffersIsTold() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressRemoved(TestLinks.address(1, "10.0.0.2"));
    links.linkRemoved(TestLinks.up(2, "eth1"));
    assertEquals(List.of("changed 1 eth0", "added 10.0.0.1"), told);
    links.linkChanged(TestLinks.noCarrier(1, "eth0"));
    links.addressRemoved(TestLinks.address(1, "10.0.0.1"));
    assertEquals(
        List.of("changed 1 eth0", "added 10.0.0.1", "changed 1 eth0", "removed 10.0.0.1"), told);
  }

  /** An address that nobody was told of is on no link. */
  @Test
  void addressThatCameBeforeItsLinkIsThereWhenTheLinkIs() {
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressAdded(TestLinks.address(1, "10.0.0.2"));
    links.addressRemoved(TestLinks.address(1, "10.0.0.2"));
    links.addressAdded(TestLinks.address(2, "10.0.0.3"));
    links.linkRemoved(TestLinks.up(2, "eth1"));
    assertEquals(List.of(), told);
    assertFalse(links.has(TestLinks.address(1, "10.0.0.1").local()));
    assertEquals(List.of(), List.copyOf(links.addresses(1)));

    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(2, "eth1"));
    assertEquals(List.of("changed 1 eth0", "added 10.0.0.1", "changed 2 eth1"), told);
    assertTrue(links.has(TestLinks.address(1, "10.0.0.1").local()));
  }

  @Test
  void linkThatGoesTakesItsAddressesWithItAndTheyAreToldFirst() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(2, "eth1"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressAdded(TestLinks.address(2, "10.0.0.1"));
    told.clear();
    links.linkRemoved(TestLinks.up(1, "eth0"));
    assertEquals(List.of("removed 10.0.0.1", "removed 1 eth0"), told);
    assertTrue(links.has(TestLinks.address(2, "10.0.0.1").local()), "the other link has it still");
    links.linkRemoved(TestLinks.up(2, "eth1"));
    assertFalse(links.has(TestLinks.address(2, "10.0.0.1").local()));
  }

  @Test
  void whatIsReadAnewIsToldByItsDifference() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.up(2, "eth1"));
    links.addressAdded(TestLinks.address(1, "10.0.0.1"));
    links.addressAdded(TestLinks.address(1, "10.0.0.2"));
    links.addressAdded(TestLinks.address(9, "10.0.0.9"));
    told.clear();

    Links present = new Links();
    present.linkChanged(TestLinks.up(1, "eth0"));
    present.linkChanged(TestLinks.up(3, "eth1"));
    present.addressAdded(TestLinks.address(1, "10.0.0.2"));
    present.addressAdded(TestLinks.address(3, "10.0.0.3"));
    present.addressAdded(TestLinks.address(8, "10.0.0.8"));
    links.become(present);
    assertEquals(
        List.of(
            "removed 10.0.0.1",
            "removed 2 eth1",
            "changed 3 eth1",
            "added 10.0.0.3",
            "resynchronised"),
        told);
    assertEquals(List.copyOf(present.all()), List.copyOf(links.all()));
    assertEquals(present.allAddresses(), links.allAddresses());

    // of those that came before their links, what was read anew counts
    told.clear();
    links.linkChanged(TestLinks.up(8, "eth8"));
    links.linkChanged(TestLinks.up(9, "eth9"));
    assertEquals(List.of("changed 8 eth8", "added 10.0.0.8", "changed 9 eth9"), told);
  }

  /** Nothing follows from it, but who looks sees it. */
  @Test
  void otherFlagsAreWrittenDownAndNotTold() {
    links.linkChanged(TestLinks.up(1, "eth0"));
    links.linkChanged(TestLinks.flags(1, "eth0", TestLinks.UP | 0x100));
    assertEquals(List.of("changed 1 eth0"), told);
    assertEquals(0x11143, links.named("eth0").orElseThrow().flags());
    assertEquals(0x11143, links.numbered(1).orElseThrow().flags());
    links.linkChanged(TestLinks.flags(1, "eth0", TestLinks.NO_CARRIER | 0x100));
    assertEquals(List.of("changed 1 eth0", "changed 1 eth0"), told);
  }

  @Test
  void whoListensFirstHearsFirst() {
    links.addListener(
        new LinkEvents() {
          @Override
          public void linkChanged(LinkState link) {
            told.add("second hears of " + links.named("eth0").orElseThrow().name());
          }
        });
    links.linkChanged(TestLinks.up(1, "eth0"));
    assertEquals(List.of("changed 1 eth0", "second hears of eth0"), told);
  }
}
