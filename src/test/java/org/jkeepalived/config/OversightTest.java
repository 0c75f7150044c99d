package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Oversight;
import org.junit.jupiter.api.Test;

/** {@code watchdog_device} and {@code log_format}. */
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
        new Oversight(Optional.of("/dev/watchdog"), true),
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
}
