package org.jkeepalived.linux.process;

import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * How urgent the thread is that calls this, as the kernel's scheduler sees it; see sched(7). No
 * other thread of the process changes, and neither threads nor processes that it makes inherit it.
 */
public final class ThreadPriority {

  private static final NativeFunction SCHED_SETSCHEDULER =
      NativeFunction.ofLibc("sched_setscheduler");

  private static final int SCHED_OTHER = 0;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

  /** To the kernel the calling thread, whatever the manual page says of processes. */
  private static final int THIS_THREAD = 0;

  private ThreadPriority() {}

  /**
   * Runs before every thread of a lower priority.
   *
   * @param priority 1 to 99; 0 for an ordinary thread, which shares what is left
   * @throws SystemCallException EPERM without CAP_SYS_NICE
   */
  public static void set(int priority) throws SystemCallException {
    NativeMemory parameter = NativeMemory.allocate(Integer.BYTES);
    parameter.bytes().putInt(0, priority);
    int policy = priority == 0 ? SCHED_OTHER : SCHED_RR | SCHED_RESET_ON_FORK;
    SystemCallException.check(
        "sched_setscheduler",
        parameter.lend(at -> SCHED_SETSCHEDULER.call(THIS_THREAD, policy, at)));
  }
}
