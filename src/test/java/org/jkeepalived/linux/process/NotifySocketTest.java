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
      socket.starting(60_000_000);
      assertEquals("EXTEND_TIMEOUT_USEC=60000000", manager.receive());
      socket.ready();
      assertEquals("READY=1\nMAINPID=" + PID, manager.receive());
      socket.reloading(1234567);
      assertEquals("RELOADING=1\nMONOTONIC_USEC=1234567", manager.receive());
      assertTrue(socket.status("a\nREADY=1"));
      assertEquals("STATUS=a READY=1", manager.receive());
      assertTrue(socket.alive());
      assertEquals("WATCHDOG=1", manager.receive());
      socket.stopping(10_000_000);
      assertEquals("STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC=10000000", manager.receive());
    }
  }

  /** A service manager that has no time must not stop who tells it how things are. */
  @Test
  void neverWaitsWithAStatus() throws Exception {
    String address = "@jkeepalived-test-full-" + PID;
    try (UnixDatagramReceiver manager = UnixDatagramReceiver.at(address);
        NotifySocket socket = NotifySocket.of(Map.of("NOTIFY_SOCKET", address))) {
      assertTrue(socket.alive());
      int sent = 1;
      while (socket.alive()) {
        sent++;
        assertTrue(sent < 100_000);
      }
      assertEquals("WATCHDOG=1", manager.receive());
      assertTrue(socket.status("room again"));
    }
  }

  @Test
  void isSilentWithoutAServiceManager() throws Exception {
    try (NotifySocket socket = NotifySocket.of(Map.of())) {
      assertFalse(socket.isPresent());
      socket.ready();
      socket.stopping(1);
      assertTrue(socket.alive());
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
      SystemCallException failure = assertThrows(SystemCallException.class, () -> socket.ready());
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
