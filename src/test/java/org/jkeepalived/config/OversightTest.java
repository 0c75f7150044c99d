package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Oversight;
import org.junit.jupiter.api.Test;

/** {@code watchdog_device}, {@code log_format} and {@code http_address}. */
class OversightTest {

  private static LoadedConfiguration read(String... lines) {
    return Reading.of("k.conf", "jkeepalived {\n" + String.join("\n", lines) + "\n}\n");
  }

  private static Oversight oversight(String... lines) {
    return read(lines).configuration().life().oversight();
  }

  @Test
  void isOffUnlessAskedFor() {
    assertEquals(Oversight.NONE, oversight());
    assertEquals(
        new Oversight(Optional.of("/dev/watchdog"), true, Optional.empty()),
        oversight("watchdog_device /dev/watchdog", "log_format json"));
    assertEquals(Oversight.NONE, oversight("log_format json", "log_format plain"));
  }

  @Test
  void slipsChangeNothing() {
    LoadedConfiguration read = read("watchdog_device watchdog", "log_format xml");
    assertEquals(Oversight.NONE, read.configuration().life().oversight());
    assertEquals(
        List.of(
            "watchdog_device 'watchdog' is no absolute path - ignoring",
            "log_format 'xml' is neither plain nor json - ignoring"),
        read.diagnostics().stream().map(Diagnostic::message).toList());
  }

  @Test
  void pagesAreShownWhereTheyAreAskedFor() throws Exception {
    assertEquals(Optional.empty(), oversight().http());
    assertEquals(
        Optional.of(new InetSocketAddress("127.0.0.1", 9165)),
        oversight("http_address 127.0.0.1").http());
    assertEquals(
        Optional.of(new InetSocketAddress("::1", 65535)),
        oversight("http_address ::1 65535").http());
    assertEquals(List.of(), read("http_address 127.3.0.1", "http_address ::1 1").diagnostics());
  }

  @Test
  void whatOthersCanReachIsRemarkedOnAndIsNoFlaw() {
    LoadedConfiguration read = read("http_address 0.0.0.0 80");
    assertEquals(
        Optional.of(new InetSocketAddress("0.0.0.0", 80)),
        read.configuration().life().oversight().http());
    assertEquals(
        List.of(
            "http_address 0.0.0.0 is not loopback: whoever reaches port 80 there can read how"
                + " everything is"),
        read.diagnostics().stream().map(Diagnostic::message).toList());
    assertTrue(read.isFlawless());
  }

  @Test
  void whatIsNoAddressOrPortShowsNoPages() {
    for (String wrong :
        List.of("localhost", "1.2.3", "224.0.0.1", "ff02::1", "::1 0", "::1 65536", "::1 http")) {
      LoadedConfiguration read = read("http_address " + wrong);
      assertEquals(Optional.empty(), read.configuration().life().oversight().http(), wrong);
      assertEquals(1, read.diagnostics().size(), wrong);
    }
  }
}
