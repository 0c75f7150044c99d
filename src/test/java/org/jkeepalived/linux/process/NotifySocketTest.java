package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jkeepalived.linux.SystemCallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class NotifySocketTest {

  private static final long PID = ProcessHandle.current().pid();

  @Test
  void tellsTheServiceManagerThroughAPath(@TempDir Path directory) throws Exception {
    tells(directory.resolve("notify").toString());
  }

  @Test
  void tellsTheServiceManagerThroughAnAbstractName() throws Exception {
    tells("@jkeepalived-test-" + PID);
  }

  private static void tells(String address) throws IOException {
    try (UnixDatagramReceiver manager = UnixDatagramReceiver.at(address);
        NotifySocket socket = NotifySocket.of(Map.of("NOTIFY_SOCKET", address))) {
      assertTrue(socket.isPresent());
      socket.ready("2 of 3 master");
      assertEquals("READY=1\nSTATUS=2 of 3 master\nMAINPID=" + PID, manager.receive());
      socket.reloading(1234567);
      assertEquals("RELOADING=1\nMONOTONIC_USEC=1234567", manager.receive());
      socket.status("a\nREADY=1");
      assertEquals("STATUS=a READY=1", manager.receive());
      socket.alive();
      assertEquals("WATCHDOG=1", manager.receive());
      socket.stopping();
      assertEquals("STOPPING=1", manager.receive());
    }
  }

  @Test
  void isSilentWithoutAServiceManager() throws Exception {
    try (NotifySocket socket = NotifySocket.of(Map.of())) {
      assertFalse(socket.isPresent());
      socket.ready("fine");
      socket.stopping();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "vsock:2:1234"})
  void refusesOtherAddresses(String address) {
    Map<String, String> environment = Map.of("NOTIFY_SOCKET", address);
    assertThrows(IOException.class, () -> NotifySocket.of(environment));
    Map<String, String> tooLong = Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107));
    assertThrows(IOException.class, () -> NotifySocket.of(tooLong));
  }

  @Test
  void aServiceManagerThatIsGoneIsAnError(@TempDir Path directory) throws Exception {
    String path = directory.resolve("notify").toString();
    try (NotifySocket socket = NotifySocket.of(Map.of("NOTIFY_SOCKET", path))) {
      SystemCallException failure =
          assertThrows(SystemCallException.class, () -> socket.ready("fine"));
      assertTrue(failure.getMessage().contains("No such file or directory"), failure.getMessage());
    }
  }

  @Test
  void knowsItsWatchdog() {
    String pid = Long.toString(PID);
    assertEquals(
        OptionalLong.of(3000000),
        NotifySocket.watchdogMicros(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", pid)));
    assertEquals(
        OptionalLong.of(3000000), NotifySocket.watchdogMicros(Map.of("WATCHDOG_USEC", "3000000")));
    assertEquals(
        OptionalLong.empty(),
        NotifySocket.watchdogMicros(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1")));
    assertEquals(OptionalLong.empty(), NotifySocket.watchdogMicros(Map.of("WATCHDOG_USEC", "x")));
    assertEquals(OptionalLong.empty(), NotifySocket.watchdogMicros(Map.of()));
  }
}
