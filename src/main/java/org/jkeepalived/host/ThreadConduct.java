package org.jkeepalived.host;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.process.ThreadName;
import org.jkeepalived.linux.process.ThreadPriority;
import org.jkeepalived.linux.process.ThreadProcessors;
import org.jkeepalived.model.ProcessSettings;
import org.slf4j.Logger;

/**
 * Has the kernel treat the threads that do the work of one of keepalived's processes as the
 * configuration says of that process. What is refused is said once, and everything else is done.
 *
 * <p>One thread calls it.
 */
final class ThreadConduct {

  // COMPAT: the beginnings of these lines are keepalived's
  private static final String CANNOT_RAISE = "child process: cannot raise priority - ";

  private final String process;
  private final String ownName;
  private final Executor first;
  private final List<Executor> others;
  private final Logger log;
  private final Urgency urgency;
  private ProcessSettings current;

  /** How urgent the thread is that calls it. */
  interface Urgency {

    /**
     * @param priority 1 to 99; 0 for an ordinary thread
     */
    void realTime(int priority) throws SystemCallException;

    /**
     * @param nice -20 (most) to 19
     */
    void nice(int nice) throws SystemCallException;
  }

  /** Any thread's. */
  private static final Urgency KERNEL =
      new Urgency() {
        @Override
        public void realTime(int priority) throws SystemCallException {
          ThreadPriority.set(priority);
        }

        @Override
        public void nice(int nice) throws SystemCallException {
          ThreadPriority.nice(nice);
        }
      };

  /**
   * @param process as it is called in the keywords
   * @param ownName what the first thread is called where nothing is said
   * @param first has the thread do something that bears the process's name, and speaks for all
   * @param others the same of the other threads
   */
  ThreadConduct(String process, String ownName, Executor first, List<Executor> others, Logger log) {
    this.process = process;
    this.ownName = ownName;
    this.first = first;
    this.others = List.copyOf(others);
    this.log = log;
    urgency = KERNEL;
    current = ProcessSettings.STANDARD;
  }

  /**
   * The same, for the one thread of VRRP.
   *
   * @param urgency how it becomes more or less urgent
   */
  ThreadConduct(Executor thread, Urgency urgency, Logger log) {
    process = "vrrp";
    ownName = "vrrp";
    first = thread;
    others = List.of();
    this.log = log;
    this.urgency = urgency;
    current = ProcessSettings.VRRP;
  }

  /** Has it be so soon; what is as it was before is not touched. */
  void become(ProcessSettings wanted) {
    ProcessSettings before = current;
    current = wanted;
    first.execute(
        () -> {
          apply(before, wanted, this::complain);
          name(before, wanted);
        });
    others.forEach(thread -> thread.execute(() -> apply(before, wanted, (what, error) -> {})));
  }

  private interface Complaint {
    void of(String what, SystemError error);
  }

  private interface Step {
    void run() throws SystemCallException;
  }

  private void apply(ProcessSettings before, ProcessSettings wanted, Complaint complaint) {
    if (wanted.realTimePriority() != before.realTimePriority()) {
      attempt(
          CANNOT_RAISE + process + "_rt_priority " + wanted.realTimePriority(),
          () -> urgency.realTime(wanted.realTimePriority()),
          complaint);
    }
    if (wanted.nice() != before.nice()) {
      attempt(
          CANNOT_RAISE + process + "_priority " + wanted.nice(),
          () -> urgency.nice(wanted.nice()),
          complaint);
    }
    if (!wanted.processors().equals(before.processors())) {
      attempt(
          process + "_cpu_affinity " + wanted.processors(),
          () -> ThreadProcessors.keepTo(wanted.processors()),
          complaint);
    }
  }

  private static void attempt(String what, Step step, Complaint complaint) {
    try {
      step.run();
    } catch (SystemCallException e) {
      complaint.of(what, e.error());
    }
  }

  private void name(ProcessSettings before, ProcessSettings wanted) {
    if (wanted.name().equals(before.name())) {
      return;
    }
    try {
      ThreadName.set(wanted.name().orElse(ownName));
    } catch (IOException e) {
      log.warn("{}_process_name does not work: {}", process, e.getMessage());
    }
  }

  private void complain(String what, SystemError error) {
    String right =
        switch (error.errno()) {
          case Errno.EPERM, Errno.EACCES -> ": it needs CAP_SYS_NICE";
          default -> "";
        };
    log.warn("{}: {}{}", what, error, right);
  }
}
