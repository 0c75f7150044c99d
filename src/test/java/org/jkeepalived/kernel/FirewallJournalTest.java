package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.junit.jupiter.api.Test;

/** What the packet filter has of us, as the journal names it. */
final class FirewallJournalTest {

  private static final Firewall NFTABLES = new Firewall.Nftables("t.1", -7, true, false);

  private static KernelBlock block(String address, Optional<String> link)
      throws UnknownHostException {
    return new KernelBlock(NFTABLES, InetAddress.getByName(address), link, true);
  }

  @Test
  void linesAreReadAsTheyWereWritten() throws UnknownHostException {
    List<KernelObject> objects =
        List.of(
            new KernelFilter(NFTABLES, AddressFamily.IPV4),
            new KernelFilter(NFTABLES, AddressFamily.IPV6),
            block("10.0.0.1", Optional.empty()),
            block("fe80::1", Optional.of("eth0")));
    for (KernelObject object : objects) {
      assertEquals(Optional.of(object), StaleObjects.read(object.journalText()));
      assertTrue(object.journalText().matches("[a-z]+: .*"), "no name of a link has a colon");
    }
    assertEquals(
        "filter: family ip nftables t.1 priority -7 counters true", objects.get(0).journalText());
  }

  @Test
  void ofLinesThatTellLessNothingIsMade() {
    for (String line :
        List.of("filter: ", "filter: family ip", "block: address 10.0.0.1", "block: nftables x")) {
      assertEquals(Optional.empty(), StaleObjects.read(line), line);
    }
  }

  /** A link may be gone; what was blocked on it is removed all the same. */
  @Test
  void toBeRemovedItNeedsNoLink() throws UnknownHostException {
    KernelBlock byNumber =
        new KernelBlock(NFTABLES, InetAddress.getByName("fe80::1"), Optional.of("eth0"), false);
    assertEquals(
        1, StaleObjects.written(List.of(byNumber.journalText()), link -> Optional.empty()).size());
  }
}
