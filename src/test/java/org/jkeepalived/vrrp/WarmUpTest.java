package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WarmUpTest {

  @Test
  void failoversArePlayedToTheAnnouncementsAndNeverLogged() {
    Logger ours = (Logger) LoggerFactory.getLogger("org.jkeepalived");
    Level before = ours.getLevel();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    ours.addAppender(lines);
    ours.setLevel(Level.DEBUG);
    try {
      LoggerFactory.getLogger("org.jkeepalived.vrrp.Anything").debug("shows that lines are heard");
      List<String> announced = new ArrayList<>();
      byte[] frame =
          new WarmUp()
              .play((link, address) -> announced.add(link.name() + " " + address.getHostAddress()));
      assertTrue(frame.length > 14);
      assertEquals("warm-up 192.0.2.100", announced.get(0));
      assertEquals(
          List.of("shows that lines are heard"),
          lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    } finally {
      ours.detachAppender(lines);
      ours.setLevel(before);
    }
  }
}
