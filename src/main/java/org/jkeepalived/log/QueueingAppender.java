package org.jkeepalived.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;

/**
 * Makes lines of events in the caller's thread, whose objects may change later, and queues them.
 */
final class QueueingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final List<LineQueue> queues;
  private volatile EventLines lines = new EventLines("");

  QueueingAppender(List<LineQueue> queues) {
    this.queues = List.copyOf(queues);
    setName("queues");
  }

  void identifierSuffix(String suffix) {
    lines = new EventLines(suffix);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.write(event, this::offer);
  }

  private void offer(LogLine line) {
    for (int i = 0; i < queues.size(); i++) {
      queues.get(i).offer(line);
    }
  }
}
