package org.jkeepalived.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import org.jkeepalived.linux.SystemLocalClock;

/**
 * Logback's first configuration, found through {@code META-INF/services}: plain lines on standard
 * error until {@link Logging#start} says where they go, and in tests. It keeps logback from looking
 * for XML files, whose parser alone takes longer than the rest of the command line.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class StandardErrorConfigurator extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    attach(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void attach(Logger root) {
    DirectAppender appender = new DirectAppender();
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }

  /** Writes in the caller's thread: only for the time before and after the daemon's own. */
  private static final class DirectAppender extends AppenderBase<ILoggingEvent> {

    // not the file descriptor: a test run collects what goes to System.err, test class by test
    // class
    private final StreamSink sink = new StreamSink(System.err, new SystemLocalClock(), false);
    private final EventLines lines = new EventLines("");

    @Override
    protected void append(ILoggingEvent event) {
      lines.write(event, this::write);
    }

    private void write(LogLine line) {
      try {
        sink.write(line);
      } catch (IOException lost) {
        addError("standard error is closed", lost);
      }
    }
  }
}
