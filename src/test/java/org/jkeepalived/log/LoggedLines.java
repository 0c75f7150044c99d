package org.jkeepalived.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What a room or a class logs while this is open, as with {@code -D}; nothing else gets it. */
public final class LoggedLines implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  private final Logger logger;
  private final Level before;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
          synchronized (lines) {
            lines.notifyAll();
          }
        }
      };

  /**
   * @param name the logger's, and that of all below it
   */
  public LoggedLines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    appender.start();
    logger.addAppender(appender);
  }

  public List<String> all() {
    return List.copyOf(lines);
  }

  public long count(String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  /** Waits for a line that contains something, and gives it. */
  public String await(String part) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (lines) {
      while (true) {
        for (String line : lines) {
          if (line.contains(part)) {
            return line;
          }
        }
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("no line with " + part + " in " + lines);
        }
        try {
          lines.wait(100);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(before);
  }
}
