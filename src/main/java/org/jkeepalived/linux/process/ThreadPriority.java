package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * How urgent threads of this process are, as the kernel's scheduler sees them; see sched(7).
 * Neither threads nor processes that the calling thread makes inherit it.
 */
public final class ThreadPriority {

  private static final NativeFunction SCHED_SETSCHEDULER =
      NativeFunction.ofLibc("sched_setscheduler");

  private static final NativeFunction SETPRIORITY = NativeFunction.ofLibc("setpriority");

  /** The C library has functions for these only since glibc 2.41. */
  private static final NativeFunction SYSCALL = NativeFunction.ofLibc("syscall");

  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");
  private static final int SYS_SCHED_SETATTR = AMD64 ? 314 : 274;
  private static final int SYS_SCHED_GETATTR = AMD64 ? 315 : 275;

  // struct sched_attr
  private static final int ATTRIBUTES_BYTES = 48;
  private static final int POLICY = 4;
  private static final int RUNTIME = 24;

  /**
   * How long a thread that runs soon may run before others have their turn: the least that the
   * kernel takes.
   */
  private static final long SHORT_SLICE_NANOS = 100_000;

  /** To the kernel one thread, whatever the manual page says of processes. */
  private static final int PRIO_PROCESS = 0;

  /** The thread that stops all others to collect garbage, as HotSpot names it. */
  private static final String COLLECTOR = "VM Thread";

  private static final int SCHED_OTHER = 0;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

  /** To the kernel the calling thread, whatever the manual page says of processes. */
  private static final int THIS_THREAD = 0;

  private ThreadPriority() {}

  /**
   * Has the calling thread run before every thread of a lower priority.
   *
   * @param priority 1 to 99; 0 for an ordinary thread, which shares what is left
   * @throws SystemCallException EPERM without CAP_SYS_NICE
   */
  public static void set(int priority) throws SystemCallException {
    NativeMemory parameter = NativeMemory.allocate(Integer.BYTES);
    parameter.bytes().putInt(0, priority);
    int policy = (priority == 0 ? SCHED_OTHER : SCHED_RR) | SCHED_RESET_ON_FORK;
    SystemCallException.check(
        "sched_setscheduler",
        parameter.lend(at -> SCHED_SETSCHEDULER.call(THIS_THREAD, policy, at)));
  }

  /**
   * The same for an ordinary thread that is to run soon after it wakes up.
   *
   * @throws SystemCallException EPERM if it was real-time, without CAP_SYS_NICE
   */
  public static void setSoon(int priority) throws SystemCallException {
    set(priority);
    shortenSlice(THIS_THREAD);
  }

  /**
   * Has an ordinary thread ask for short slices: since Linux 6.12 one that wakes up and wants
   * little does not wait until another one has had its slice of some milliseconds. A kernel that
   * does not know this takes no notice.
   */
  private static void shortenSlice(int thread) {
    NativeMemory attributes = NativeMemory.allocate(ATTRIBUTES_BYTES);
    int got =
        attributes.lend(at -> SYSCALL.call(SYS_SCHED_GETATTR, thread, at, ATTRIBUTES_BYTES, 0));
    if (got == 0 && attributes.bytes().getInt(POLICY) == SCHED_OTHER) {
      attributes.bytes().putLong(RUNTIME, SHORT_SLICE_NANOS);
      // a refusal, as in some containers, costs a few milliseconds now and then
      attributes.lend(at -> SYSCALL.call(SYS_SCHED_SETATTR, thread, at, 0));
    }
  }

  /**
   * Gives the calling thread, and the JVM's own that makes it wait while garbage is collected, more
   * of the processors than other ordinary threads get, and sooner.
   *
   * @param nice -20 (most) to 19; below 0 it takes CAP_SYS_NICE
   * @throws SystemCallException EACCES without it; EPERM in some containers
   */
  public static void prefer(int nice) throws SystemCallException {
    set(0);
    niceWithCollector(nice);
  }

  /**
   * The same, where the calling thread may be a real-time thread, and stays one: its nice value
   * counts when it is none any more.
   */
  public static void niceWithCollector(int nice) throws SystemCallException {
    nice(THIS_THREAD, nice);
    shortenSlice(THIS_THREAD);
    for (int thread : collectors()) {
      // whatever VRRP is, everybody waits for the collector
      nice(thread, Math.min(0, nice));
      shortenSlice(thread);
    }
  }

  /**
   * How much of the processors the calling thread gets, beside other ordinary threads.
   *
   * @param nice -20 (most) to 19; below what it is, it takes CAP_SYS_NICE
   * @throws SystemCallException EACCES without it
   */
  public static void nice(int nice) throws SystemCallException {
    nice(THIS_THREAD, nice);
  }

  private static void nice(int thread, int nice) throws SystemCallException {
    SystemCallException.check("setpriority", SETPRIORITY.call(PRIO_PROCESS, thread, nice));
  }

  private static List<Integer> collectors() {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        if (name(task).equals(COLLECTOR)) {
          found.add(Integer.valueOf(task.getFileName().toString()));
        }
      }
    } catch (IOException | DirectoryIteratorException withoutProc) {
      return List.of();
    }
    return found;
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }
}
