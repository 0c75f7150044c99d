package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalDescriptorTest {
  private static final int JSON_SIGNAL = 36;

  @Test
  void refusesWhatIsNoSignal() {
    assertThrows(IllegalArgumentException.class, () -> SignalDescriptor.open(0));
    assertThrows(IllegalArgumentException.class, () -> SignalDescriptor.open(65));
  }

  @Test
  void receivesARealTimeSignalThatTheLauncherBlocked() throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "--block-signal=" + JSON_SIGNAL));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Receiver.class.getName()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = child.inputReader()) {
      assertEquals("ready", output.readLine());
      LabNamespace.run("kill", "-" + JSON_SIGNAL, Long.toString(child.pid()));
      assertEquals("received 36", output.readLine());
      assertEquals(0, child.waitFor());
    } finally {
      child.destroyForcibly();
    }
  }

  /** The child process. */
  static final class Receiver {
    private Receiver() {}

    public static void main(String[] arguments) throws Exception {
      try (Poller poller = new Poller();
          SignalDescriptor signals = SignalDescriptor.open(JSON_SIGNAL)) {
        poller.add(signals.fd(), () -> System.out.println("received " + signals.next()));
        System.out.println("ready");
        poller.poll(Long.MAX_VALUE);
      }
    }
  }
}
