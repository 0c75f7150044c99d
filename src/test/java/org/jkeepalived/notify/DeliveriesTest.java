package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** What FIFOs were told and what they lost is counted, for whoever measures. */
class DeliveriesTest {

  /** Takes so many lines, then none, or fails. */
  private static final class ShortPipe implements Pipe {
    private int room;
    private boolean fails;

    @Override
    public boolean write(byte[] line) throws IOException {
      if (fails) {
        throw new IOException("for the test");
      }
      return room-- > 0;
    }

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public boolean isInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static Event event(int number) {
    return new VrrpEvent.Transition(
        Subject.instance("I" + number), VrrpEvent.Entered.BACKUP, 100, Notifications.NONE);
  }

  @Test
  void linesAreCountedAsWrittenOrLost() {
    Deliveries deliveries = new Deliveries();
    ShortPipe pipe = new ShortPipe();
    pipe.room = 2;
    FifoWriter writer =
        new FifoWriter(
            "/fifo",
            pipe,
            new NotifyContext(
                new TimerQueue(),
                () -> 0,
                (order, listener) -> {
                  throw new IllegalStateException("no script here");
                },
                deliveries));
    for (int i = 0; i < 2; i++) {
      writer.write(event(i));
    }
    assertEquals(2, deliveries.lines());
    assertEquals(0, deliveries.linesLost());
    for (int i = 0; i < Backlog.MOST + 3; i++) {
      writer.write(event(10 + i));
    }
    assertEquals(2, deliveries.lines());
    assertEquals(3, deliveries.linesLost(), "those that there was no room for");
    pipe.fails = true;
    writer.write(event(1));
    assertEquals(3 + 1 + Backlog.MOST, deliveries.linesLost(), "and all that waited");
    writer.write(event(1));
    assertEquals(3 + 2 + Backlog.MOST, deliveries.linesLost());
  }
}
