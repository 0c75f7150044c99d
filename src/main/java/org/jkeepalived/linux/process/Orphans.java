package org.jkeepalived.linux.process;

import java.util.function.IntPredicate;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * Processes that became ours because their parent ended before them, as it happens to the first
 * process of a container: nobody but it can take them out of the kernel's table.
 */
public final class Orphans {

  private static final NativeFunction WAITID = NativeFunction.ofLibc("waitid");
  private static final NativeFunction WAITPID = NativeFunction.ofLibc("waitpid");

  private static final int P_ALL = 0;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;

  // siginfo_t: the process id stands after three ints, aligned to 8, on 64-bit machines
  private static final int SIGINFO_BYTES = 128;
  private static final int SIGINFO_PID = 16;

  private final IntPredicate isOurs;
  private final NativeMemory information = NativeMemory.allocate(SIGINFO_BYTES);

  /**
   * @param isOurs whether somebody in this process waits for the process of that number
   */
  public Orphans(IntPredicate isOurs) {
    this.isOurs = isOurs;
  }

  /** Whether this process is the first one of its namespace. */
  public static boolean comeHere() {
    return NativeFunction.ofLibc("getpid").call() == 1;
  }

  /**
   * Takes those that have exited out of the kernel's table.
   *
   * @return whether an exited process is left that is ours: behind it there may be more
   */
  public boolean reap() {
    while (true) {
      information.bytes().putInt(SIGINFO_PID, 0);
      int result = information.lend(at -> WAITID.call(P_ALL, 0, at, WEXITED | WNOHANG | WNOWAIT));
      int pid = information.bytes().getInt(SIGINFO_PID);
      if (result < 0 || pid == 0) {
        return false;
      }
      if (isOurs.test(pid)) {
        return true;
      }
      WAITPID.call(pid, 0, WNOHANG);
    }
  }
}
