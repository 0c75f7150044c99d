package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.AddressBook;
import org.jkeepalived.vrrp.Announcer;
import org.jkeepalived.vrrp.WarmUp;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WarmUpStageTest {

  @Test
  void warmUpIsPlayedToTheAnnouncementsAndNeverLogged() {
    Logger ours = (Logger) LoggerFactory.getLogger("org.jkeepalived");
    Level before = ours.getLevel();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    ours.addAppender(lines);
    ours.setLevel(Level.DEBUG);
    try {
      LoggerFactory.getLogger("org.jkeepalived.host.vrrp.Anything")
          .debug("shows that lines are heard");
      WarmUp warmUp = new WarmUp();
      CountingStage stage = new CountingStage(new WarmUpStage(warmUp));
      byte[] frame = warmUp.play(stage);
      assertTrue(frame.length > 14);
      assertTrue(stage.announcements > 0, "the warmUp reaches the announcements");
      assertEquals(
          List.of("shows that lines are heard"),
          lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    } finally {
      ours.detachAppender(lines);
      ours.setLevel(before);
    }
  }

  /** Passes everything on, and counts what is announced. */
  private static final class CountingStage implements WarmUp.Stage {
    private final WarmUp.Stage real;
    private int announcements;

    CountingStage(WarmUp.Stage real) {
      this.real = real;
    }

    @Override
    public AddressBook addresses() {
      return real.addresses();
    }

    @Override
    public Announcer announcer() {
      Announcer announcer = real.announcer();
      return new Announcer() {
        @Override
        public void announce(
            Object owner,
            String name,
            List<VirtualAddress> addresses,
            int repeat,
            long intervalNanos) {
          announcements++;
          announcer.announce(owner, name, addresses, repeat, intervalNanos);
        }

        @Override
        public void cancel(Object owner) {
          announcer.cancel(owner);
        }
      };
    }

    @Override
    public DatagramSender datagrams() {
      return real.datagrams();
    }

    @Override
    public void endOfTurn() {
      real.endOfTurn();
    }
  }
}
