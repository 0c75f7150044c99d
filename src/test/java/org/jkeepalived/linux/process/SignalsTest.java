package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

  @Test
  void passesASignalOn() throws Exception {
    BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    Signals.receive(10, received::add);
    for (int time = 0; time < 2; time++) {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-USR1", pid).inheritIO().start().waitFor();
      assertEquals(10, received.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void ignoresRealTimeSignalsThatNobodyBlocked() throws Exception {
    // nobody does in a test's process: 36 would end it
    assertEquals(List.of(36, 63), Signals.unblocked(List.of(36, 63)));
    Signals.ignore(36);
    String pid = Long.toString(ProcessHandle.current().pid());
    assertEquals(0, new ProcessBuilder("kill", "-36", pid).inheritIO().start().waitFor());
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 36, 63, 64, 0, -1})
  void refusesWhatJavaCannotReceive(int number) {
    assertThrows(IllegalArgumentException.class, () -> Signals.receive(number, signal -> {}));
  }
}
