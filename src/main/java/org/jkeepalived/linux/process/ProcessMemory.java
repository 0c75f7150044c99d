package org.jkeepalived.linux.process;

import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.SystemCallException;

/** The memory of this process, all threads together; see mlockall(2). */
public final class ProcessMemory {

  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;
  private static final int MCL_ONFAULT = 4;

  private ProcessMemory() {}

  /**
   * Keeps in memory what is used of it, now and later. Nothing is fetched for that: a JVM reserves
   * much more than it uses.
   *
   * @throws SystemCallException ENOMEM or EPERM without CAP_IPC_LOCK
   */
  public static void lock() throws SystemCallException {
    SystemCallException.check(
        "mlockall", NativeFunction.ofLibc("mlockall").call(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT));
  }

  /** Has the kernel swap it again. */
  public static void unlock() throws SystemCallException {
    SystemCallException.check("munlockall", NativeFunction.ofLibc("munlockall").call());
  }
}
