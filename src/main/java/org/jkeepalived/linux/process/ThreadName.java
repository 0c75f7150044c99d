package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel calls a thread: {@code ps -L}, {@code top -H}. In Java it keeps its own name. */
public final class ThreadName {

  private ThreadName() {}

  /**
   * Names the calling thread.
   *
   * @param name of which the kernel keeps 15 bytes
   * @throws IOException there is no /proc
   */
  public static void set(String name) throws IOException {
    Files.writeString(Path.of("/proc/thread-self/comm"), name);
  }
}
