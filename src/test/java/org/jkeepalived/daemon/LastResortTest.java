package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LastResortTest {

  private final List<String> done = new ArrayList<>();

  @Test
  void endsOnceTheReasonIsWritten() {
    LastResort resort = new LastResort(() -> done.add("written"), code -> done.add("exit " + code));
    resort.end("for the test", new IllegalStateException("for the test"));
    assertEquals(List.of("written", "exit 2"), done);
  }

  @Test
  void endsEvenIfTheReasonCannotBeWritten() {
    LastResort resort =
        new LastResort(
            () -> {
              throw new IllegalStateException("no log");
            },
            code -> done.add("exit " + code));
    assertThrows(
        IllegalStateException.class, () -> resort.end("for the test", new Error("for the test")));
    assertEquals(List.of("exit 2"), done);
  }

  @Test
  void endsWhatDoesNotEndByItself() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    new LastResort(() -> {}, code::complete).endAfter(1);
    assertEquals(2, code.get());
  }
}
