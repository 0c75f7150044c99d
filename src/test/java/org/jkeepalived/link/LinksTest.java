package org.jkeepalived.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksTest {

  private final List<String> told = new ArrayList<>();
  private final Links links =
      new Links(
          new LinkEvents() {
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
          });

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
        List.of(
            "changed 1 eth0",
            "added 10.0.0.2",
            "added 10.0.0.1",
            "removed 10.0.0.2",
            "removed 10.0.0.7"),
        told);
  }
}
