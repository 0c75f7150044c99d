package org.jkeepalived.linux.process;

import java.util.OptionalInt;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * A process that {@link ChildSpawner} started, until it is reaped. It belongs to the thread that
 * started it.
 */
public final class ChildProcess {

  private static final NativeFunction KILL = NativeFunction.ofLibc("kill");
  private static final NativeFunction WAITID = NativeFunction.ofLibc("waitid");
  private static final NativeFunction WAITPID = NativeFunction.ofLibc("waitpid");

  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int P_PID = 1;
  private static final int NONE = -1;

  // siginfo_t: the sender's process id stands after three ints, aligned to 8, on 64-bit machines
  private static final int SIGINFO_BYTES = 128;
  private static final int SIGINFO_PID = 16;

  private final int pid;
  private final NativeMemory information = NativeMemory.allocate(SIGINFO_BYTES);
  private int pidDescriptor;
  private int errorDescriptor;

  ChildProcess(int pid, int pidDescriptor, int errorDescriptor) {
    this.pid = pid;
    this.pidDescriptor = pidDescriptor;
    this.errorDescriptor = errorDescriptor;
  }

  public int pid() {
    return pid;
  }

  /**
   * For {@link org.jkeepalived.linux.Poller#add}: readable when the process has exited. Empty where
   * the kernel is older than 5.3; then {@link #hasExited} is to be asked from time to time.
   */
  public OptionalInt pidDescriptor() {
    return pidDescriptor == NONE ? OptionalInt.empty() : OptionalInt.of(pidDescriptor);
  }

  /** What the process writes to its standard error can be read from here, without waiting. */
  public int errorDescriptor() {
    return errorDescriptor;
  }

  /** Sends SIGTERM to the process and all in its group. */
  public void terminate() {
    KILL.call(-pid, SIGTERM);
  }

  /** Sends SIGKILL to the process and all in its group. Not after {@link #reap}. */
  public void kill() {
    KILL.call(-pid, SIGKILL);
  }

  /** Whether it has exited. It stays a zombie, and its number its own, until it is reaped. */
  public boolean hasExited() {
    information.bytes().putInt(SIGINFO_PID, 0);
    int result = information.lend(at -> WAITID.call(P_PID, pid, at, WEXITED | WNOHANG | WNOWAIT));
    // an error means that somebody else has reaped it
    return result < 0 || information.bytes().getInt(SIGINFO_PID) != 0;
  }

  /**
   * Takes an exited process out of the kernel's table.
   *
   * @return what wait(2) says of it; -1 if it is not known
   */
  public int reap() {
    int result = information.lend(at -> WAITPID.call(pid, at, WNOHANG));
    closePidDescriptor();
    return result == pid ? information.bytes().getInt(0) : -1;
  }

  private void closePidDescriptor() {
    if (pidDescriptor != NONE) {
      Libc.close(pidDescriptor);
      pidDescriptor = NONE;
    }
  }

  /** Whether {@link #errorDescriptor} is open. */
  public boolean isErrorOpen() {
    return errorDescriptor != NONE;
  }

  /** Reads no more of what it writes. Its writes do not fail: it holds the reading end, too. */
  public void closeError() {
    if (errorDescriptor != NONE) {
      Libc.close(errorDescriptor);
      errorDescriptor = NONE;
    }
  }
}
