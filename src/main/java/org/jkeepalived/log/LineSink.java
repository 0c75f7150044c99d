package org.jkeepalived.log;

import java.io.IOException;

/**
 * A place that log lines go to. Only its own {@link LineQueue}'s thread calls it; every method may
 * block for as long as it takes.
 */
interface LineSink extends AutoCloseable {

  /** What the sink is called in a message about it. */
  String name();

  /** Whether the configuration, which is read only then, says how lines are written. */
  default boolean hasSwitchedFormat() {
    return false;
  }

  /** Called once before the first line: for what takes time and must not delay the daemon. */
  default void open() throws IOException {}

  /**
   * Writes one line.
   *
   * @throws IOException if the line did not get there; writing it again may succeed later
   */
  void write(LogLine line) throws IOException;

  /** Called when no line is waiting. */
  void flush() throws IOException;

  @Override
  void close();
}
