package org.jkeepalived.notify;

import java.io.IOException;
import org.jkeepalived.model.Fifo;

/** A named pipe, open for writing. Nothing here blocks. */
public interface Pipe {

  /** Makes and opens named pipes. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens the pipe, and makes it where there is none.
     *
     * @param name what log lines call it, such as {@code vrrp_notify fifo}
     * @throws IOException if there is no such pipe and none can be made; its message is a log line
     */
    Pipe open(String name, Fifo fifo) throws IOException;
  }

  /**
   * Writes all of a line, or nothing of it.
   *
   * @param line at most 4,096 bytes
   * @return false if there is no room for it now
   */
  boolean write(byte[] line) throws IOException;

  /** Whether all that was written has been read. */
  boolean isDrained();

  /** Whether the path still leads to this pipe. */
  boolean isInPlace();

  /** Closes the pipe, and removes it if {@link Opener#open} has made it. */
  void close();
}
