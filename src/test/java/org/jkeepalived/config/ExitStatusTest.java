package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a daemon answers that cannot run with its configuration; keepalived 2.2.7 was seen to. */
final class ExitStatusTest {

  private static LoadedConfiguration read(Map<String, String> files) {
    return Reading.of("k.conf", files, Optional.empty(), Optional.empty());
  }

  @Test
  void aFileThatIsNotThereIsSix() {
    LoadedConfiguration missing = read(Map.of());
    assertFalse(missing.canRun());
    assertEquals(6, missing.refusal().code());
  }

  @Test
  void oneThatCannotBeRunIsTwo() {
    String text =
        """
        vrrp_instance A {
          interface eth0
          virtual_router_id 5
          virtual_ipaddress {
            10.9.9.9
          }
        }
        """;
    assertTrue(read(Map.of("k.conf", text)).canRun());
    LoadedConfiguration cut = read(Map.of("k.conf", text.replace("  virtual_router_id 5\n", "")));
    assertFalse(cut.canRun());
    assertEquals(2, cut.refusal().code());
  }
}
