package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links of our own, and settings, in the journal: what is written is read. */
final class JournalLinkTest {

  @Test
  void lineIsReadAsItWasWritten() {
    for (String line :
        List.of(
            "link: macvlan vrrp.51 base eth0 mac 00:00:5e:00:01:33",
            "link: ipvlan iv base eth0",
            "setting: link eth0 name ARP_IGNORE value 1 was 0",
            "setting: link all name RP_FILTER value 0 was 2")) {
      assertEquals(Optional.of(line), StaleObjects.read(line).map(KernelObject::journalText), line);
    }
  }

  @Test
  void brokenLineNamesNothing() {
    for (String line :
        List.of("link: ", "link: macvlan a base b", "link: macvlan a mac 0", "setting: link a")) {
      assertEquals(Optional.empty(), StaleObjects.read(line), line);
    }
  }
}
