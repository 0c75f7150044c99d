package org.jkeepalived.linux.process;

import java.util.OptionalLong;
import org.jkeepalived.linux.NativeFunction;

/**
 * The process that has started this one, and looks after what it leaves. Once that has ended, the
 * kernel sends SIGTERM: nobody would start this process again, or release what it held.
 *
 * <p>COMPAT: keepalived's processes end so when their parent does.
 */
public final class ParentProcess {

  private static final int PR_SET_PDEATHSIG = 1;
  private static final int SIGTERM = 15;

  private final long number;

  private ParentProcess(long number) {
    this.number = number;
  }

  /**
   * This process ends from now on when its parent does, or at once if that has ended before.
   *
   * @param number of the parent, as that has told it; empty where it did not
   */
  public static ParentProcess follow(OptionalLong number) {
    ParentProcess parent = new ParentProcess(number.orElseGet(ParentProcess::current));
    NativeFunction.ofLibc("prctl").call(PR_SET_PDEATHSIG, SIGTERM);
    if (parent.ended().isPresent()) {
      NativeFunction.ofLibc("kill").call(OwnProcess.id(), SIGTERM);
    }
    return parent;
  }

  /** The number of the parent that there was; empty while it is there. */
  public OptionalLong ended() {
    return current() == number ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** 0 for one outside of this process's own namespace of them. */
  private static long current() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }
}
