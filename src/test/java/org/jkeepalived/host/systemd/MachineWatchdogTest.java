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

  private static WatchdogDevice open(Path path) throws IOException {
    return WatchdogDevice.open(path, number -> true);
  }

  @Test
  void aDeviceIsFedAndToldOfTheEnd() throws Exception {
    WatchdogDevice device = open(DEVICE);
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
    // a terminal, a disk's controller, a random number generator would take what it is fed
    String said = assertThrows(IOException.class, () -> WatchdogDevice.open(DEVICE)).getMessage();
    assertEquals("/dev/null is no watchdog", said);
  }

  @Test
  void saysWhatItDoesAndWhyItDoesNot() throws Exception {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.host.systemd")) {
      try (MachineWatchdog watchdog =
          new MachineWatchdog(TestOwners.make(), DEVICE.toString(), MachineWatchdogTest::open)) {
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
