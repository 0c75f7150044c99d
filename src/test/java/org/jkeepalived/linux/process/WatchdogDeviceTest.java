package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class WatchdogDeviceTest {

  private static final long WATCHDOG = 10 << 8 | 130;

  @Test
  void isKnownByItsNumber() throws Exception {
    assertTrue(WatchdogDevice.isWatchdog(WATCHDOG));
    assertFalse(WatchdogDevice.isWatchdog(WATCHDOG + 1));
    assertFalse(WatchdogDevice.isWatchdog(11 << 8 | 130));
    for (String other : new String[] {"null", "tty", "random"}) {
      long number = (Long) Files.getAttribute(Path.of("/dev", other), "unix:rdev");
      assertFalse(WatchdogDevice.isWatchdog(number), other);
    }
  }
}
