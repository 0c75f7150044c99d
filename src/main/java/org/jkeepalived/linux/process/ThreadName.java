package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel calls a thread: {@code ps -L}, {@code top -H}. In Java it keeps its own name. The
 * name of the first thread, which in Java runs nothing, is that of the process: {@code ps}, {@code
 * pgrep}.
 */
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

  /**
   * Names the process.
   *
   * @param name of which the kernel keeps 15 bytes
   * @throws IOException there is no /proc
   */
  public static void setOfProcess(String name) throws IOException {
    Files.writeString(firstThread(), name);
  }

  /** What the process is called; {@code java} where there is no /proc. */
  public static String ofProcess() {
    try {
      return Files.readString(firstThread()).strip();
    } catch (IOException withoutProc) {
      return "java";
    }
  }

  private static Path firstThread() {
    String pid = Long.toString(OwnProcess.id());
    return Path.of("/proc/self/task", pid, "comm");
  }
}
