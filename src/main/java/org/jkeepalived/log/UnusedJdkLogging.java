package org.jkeepalived.log;

import java.io.IOException;
import java.util.logging.LogManager;

/**
 * The manager of {@code java.util.logging}, which JNA has a logger of, and nobody else here:
 * without a configuration, so that nothing is written. Java's own reads one, and then looks through
 * all jars for whoever might do the logging, at every start: 25 ms that libpcap waits for.
 */
public final class UnusedJdkLogging extends LogManager {

  /** For {@code java.util.logging}, which makes it by its name. */
  public UnusedJdkLogging() {}

  /**
   * Reads nothing.
   *
   * @throws IOException always: that is what keeps Java from looking on
   */
  @Override
  public void readConfiguration() throws IOException {
    throw new IOException("nothing is read");
  }
}
