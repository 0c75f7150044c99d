package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlatformLoggerFinderTest {

  private static final String NAME = PlatformLoggerFinderTest.class.getName();

  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);

  @BeforeEach
  void listen() {
    heard.start();
    logger.setAdditive(false);
    logger.addAppender(heard);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
  }

  @Test
  void whatJavaWarnsOfIsLogged() {
    System.Logger java = System.getLogger(NAME);
    java.log(System.Logger.Level.WARNING, "{0} of {1}", 1, "two");
    java.log(System.Logger.Level.ERROR, "it's {0}", new IllegalStateException("thrown"));
    java.log(System.Logger.Level.WARNING, "it's");
    java.log(System.Logger.Level.INFO, "of no concern");
    java.log(System.Logger.Level.OFF, "never");
    assertEquals(
        List.of("WARN 1 of two", "ERROR it's {0}", "WARN it's"),
        heard.list.stream().map(each -> each.getLevel() + " " + each.getMessage()).toList());
    assertEquals("thrown", heard.list.get(1).getThrowableProxy().getMessage());
    assertTrue(java.isLoggable(System.Logger.Level.WARNING));
    assertFalse(java.isLoggable(System.Logger.Level.INFO));
    assertFalse(java.isLoggable(System.Logger.Level.OFF));
  }
}
