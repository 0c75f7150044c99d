package org.jkeepalived.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    links.linkChanged(link(1, "eth0"));
    links.linkChanged(link(1, "lan"));
    assertEquals(List.of("changed 1 eth0", "changed 1 lan", "removed 1 eth0"), told);
    assertEquals(Optional.empty(), links.named("eth0"));
    assertEquals(Optional.of(link(1, "lan")), links.named("lan"));
    assertEquals(Optional.of(link(1, "lan")), links.numbered(1));
  }

  @Test
  void namesThatAreSwappedEndWhereTheyBelong() {
    links.linkChanged(link(1, "eth0"));
    links.linkChanged(link(2, "eth1"));
    links.linkChanged(link(1, "tmp"));
    links.linkChanged(link(2, "eth0"));
    links.linkChanged(link(1, "eth1"));
    assertEquals(Optional.of(link(2, "eth0")), links.named("eth0"));
    assertEquals(Optional.of(link(1, "eth1")), links.named("eth1"));
    assertEquals(Optional.empty(), links.named("tmp"));
  }

  @Test
  void linkMadeAgainUnderAnotherIndexOutlivesTheNewsOfTheOldOnesEnd() throws Exception {
    links.linkChanged(link(1, "eth0"));
    links.addressAdded(address(1, "10.0.0.1"));
    links.linkChanged(link(2, "eth0"));
    links.linkRemoved(link(1, "eth0"));
    assertEquals(Optional.of(link(2, "eth0")), links.named("eth0"));
    assertEquals(Optional.empty(), links.numbered(1));
    assertEquals(List.of(), List.copyOf(links.addresses(1)));
  }

  @Test
  void addressesAreKeptInTheKernelsOrderAndToldAfterTheyAreWrittenDown() throws Exception {
    links.linkChanged(link(1, "eth0"));
    links.addressAdded(address(1, "10.0.0.2"));
    links.addressAdded(address(1, "10.0.0.1"));
    links.addressRemoved(address(1, "10.0.0.2"));
    links.addressRemoved(address(7, "10.0.0.7"));
    assertEquals(List.of(address(1, "10.0.0.1")), List.copyOf(links.addresses(1)));
    assertEquals(List.of(address(1, "10.0.0.1")), links.allAddresses());
    assertEquals(
        List.of(
            "changed 1 eth0",
            "added 10.0.0.2",
            "added 10.0.0.1",
            "removed 10.0.0.2",
            "removed 10.0.0.7"),
        told);
  }

  private static LinkState link(int index, String name) {
    return new LinkState(
        index,
        name,
        new byte[6],
        true,
        true,
        true,
        true,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static LinkAddress address(int index, String address) throws UnknownHostException {
    return new LinkAddress(
        index,
        InetAddress.getByName(address),
        24,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }
}
