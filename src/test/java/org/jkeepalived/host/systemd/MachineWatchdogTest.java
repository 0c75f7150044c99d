package org.jkeepalived.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.process.WatchdogDevice;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.TestOwners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against /dev/null, which takes what it is fed; the virtual machine has a watchdog. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MachineWatchdogTest {

  private static final Path DEVICE = Path.of("/dev/null");

  @TempDir Path folder;

  @Test
  void aDeviceIsFedAndToldOfTheEnd() throws Exception {
    WatchdogDevice device = WatchdogDevice.open(DEVICE);
    // it tells no time: what any watchdog allows
    assertEquals(10, device.seconds());
    device.feed();
    device.close();
    assertThrows(IOException.class, device::feed);
  }

  @Test
  void whatIsNoDeviceIsNotWrittenTo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThrows(IOException.class, () -> WatchdogDevice.open(file));
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void saysWhatItDoesAndWhyItDoesNot() throws Exception {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.host.systemd")) {
      try (MachineWatchdog watchdog = new MachineWatchdog(TestOwners.make(), DEVICE.toString())) {
        watchdog.start();
        lines.await("Watchdog /dev/null resets this machine unless it is fed for 10 seconds");
      }
      try (MachineWatchdog watchdog =
          new MachineWatchdog(TestOwners.make(), folder.resolve("none").toString())) {
        watchdog.start();
        lines.await("Watchdog " + folder.resolve("none") + " is not used: ");
      }
    }
  }
}
