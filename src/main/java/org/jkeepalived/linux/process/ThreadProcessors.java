package org.jkeepalived.linux.process;

import java.util.List;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** Which processors a thread may run on; see sched_setaffinity(2). What it starts inherits it. */
public final class ThreadProcessors {

  private static final NativeFunction SCHED_SETAFFINITY =
      NativeFunction.ofLibc("sched_setaffinity");
  private static final NativeFunction SCHED_GETAFFINITY =
      NativeFunction.ofLibc("sched_getaffinity");

  /** For 8192 processors, the most that Linux is built for. */
  private static final int MASK_BYTES = 1024;

  private static final int THIS_THREAD = 0;

  private ThreadProcessors() {}

  /**
   * Has the calling thread run on these alone.
   *
   * @param processors their numbers, from 0; none for those that the whole process was started with
   * @throws SystemCallException EINVAL if the machine has none of them, or this process may not use
   *     them
   */
  public static void keepTo(List<Integer> processors) throws SystemCallException {
    NativeMemory mask = processors.isEmpty() ? ofFirstThread() : mask(processors);
    SystemCallException.check(
        "sched_setaffinity", mask.lend(at -> SCHED_SETAFFINITY.call(THIS_THREAD, MASK_BYTES, at)));
  }

  /** Nobody changes that of the thread that only waits for the others, the JVM's first. */
  private static NativeMemory ofFirstThread() throws SystemCallException {
    NativeMemory mask = NativeMemory.allocate(MASK_BYTES);
    long process = OwnProcess.id();
    SystemCallException.check(
        "sched_getaffinity", mask.lend(at -> SCHED_GETAFFINITY.call(process, MASK_BYTES, at)));
    return mask;
  }

  private static NativeMemory mask(List<Integer> processors) {
    NativeMemory mask = NativeMemory.allocate(MASK_BYTES);
    for (int processor : processors) {
      int at = processor / Long.SIZE * Long.BYTES;
      if (at < MASK_BYTES) {
        mask.bytes().putLong(at, mask.bytes().getLong(at) | 1L << processor % Long.SIZE);
      }
    }
    return mask;
  }
}
