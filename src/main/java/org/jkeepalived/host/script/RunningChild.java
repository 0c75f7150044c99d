package org.jkeepalived.host.script;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.process.ChildProcess;
import org.jkeepalived.linux.process.PrivilegeWrapper;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.ReadBuffer;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.script.Supervision;

/**
 * A command on the scripts thread: first it is looked at, then it is a process, then it is gone.
 */
final class RunningChild implements CommandRunner.Run, Supervision.Child {

  /** What children have in common. */
  interface Home {
    EventLoop loop();

    ReadBuffer buffer();

    /** Something that the script wrote. */
    void wrote(String label, String line);

    /** It ended, but something that it started still holds its standard error. */
    void lingers(RunningChild child);

    /** It is not waited for any more. */
    void abandoned(RunningChild child);

    /** The process is out of the kernel's table, or there never was one. */
    void gone(RunningChild child);

    /** Nobody holds its standard error any more. */
    void silent(RunningChild child);
  }

  private record Begun(ChildProcess process, ErrorReader errors) {}

  private final Home home;
  private final Supervision supervision;
  private final String label;
  private Optional<Begun> begun = Optional.empty();
  private Optional<String> complaint = Optional.empty();
  private boolean gone;

  /** Its time runs from now on. */
  RunningChild(Home home, CommandRunner.Order order, Consumer<Outcome> done) {
    this.home = home;
    label = order.label();
    supervision =
        new Supervision(
            this, home.loop().timers(), order.timeoutNanos(), MonotonicClock.nowNanos(), done);
  }

  boolean hasEnded() {
    return supervision.hasEnded();
  }

  /** Whether it is the process of that number. */
  boolean isProcess(int pid) {
    return begun.filter(child -> child.process().pid() == pid).isPresent();
  }

  /** There is no process, and there will be none. */
  void notRun(String reason) {
    notRun(reason, false);
  }

  private void notRun(String reason, boolean ownLack) {
    gone = true;
    home.gone(this);
    supervision.notRun(reason, ownLack);
  }

  /** The kernel has made no process. */
  void notMade(SystemError error) {
    notRun(error.toString(), error.isOwnLack());
  }

  /**
   * The process runs.
   *
   * @return whether its end shows by itself; if not, {@link #look} is to be called now and then
   */
  boolean begin(ChildProcess process) {
    ErrorReader errors =
        new ErrorReader(home.loop(), home.buffer(), process, this::wrote, () -> home.silent(this));
    begun = Optional.of(new Begun(process, errors));
    errors.start();
    OptionalInt descriptor = process.pidDescriptor();
    if (descriptor.isEmpty()) {
      return false;
    }
    try {
      home.loop().watch(descriptor.getAsInt(), this::look);
      return true;
    } catch (SystemCallException e) {
      return false;
    }
  }

  private void wrote(String line) {
    if (complaint.isEmpty() && line.startsWith(PrivilegeWrapper.COMPLAINT)) {
      complaint = Optional.of(line);
    } else {
      home.wrote(label, line);
    }
  }

  /** Looks whether it has exited, and if so, buries it. */
  void look() {
    if (!gone && begun.isPresent() && begun.get().process().hasExited()) {
      bury(begun.get().process(), begun.get().errors());
    }
  }

  private void bury(ChildProcess process, ErrorReader errors) {
    if (supervision.leavesNoChildren()) {
      // while it is a zombie, its group's number is nobody else's
      process.kill();
    }
    errors.drain();
    process.pidDescriptor().ifPresent(home.loop()::forget);
    int waitStatus = process.reap();
    gone = true;
    home.gone(this);
    if (errors.isOpen()) {
      home.lingers(this);
    }
    if (waitStatus != 0 && complaint.isPresent()) {
      supervision.notRun(complaint.get());
    } else if (waitStatus < 0) {
      supervision.notRun("its exit status is lost");
    } else {
      supervision.exited(waitStatus);
    }
  }

  /** Listens no more to what it left behind. */
  void silence() {
    begun.ifPresent(child -> child.errors().close());
  }

  @Override
  public void end() {
    if (!gone) {
      supervision.end(home.loop().nowNanos());
    }
  }

  /** Ends it by force. */
  void endNow() {
    if (!gone) {
      supervision.kill();
    }
  }

  @Override
  public void terminate() {
    if (begun.isPresent()) {
      begun.get().process().terminate();
    } else {
      notRun("it was still being looked at, and nothing answered");
    }
  }

  @Override
  public void kill() {
    if (begun.isPresent()) {
      begun.get().process().kill();
    } else {
      notRun("it was still being looked at, and nothing answered");
    }
  }

  @Override
  public void abandon() {
    home.abandoned(this);
  }

  /** For log lines. */
  @Override
  public String toString() {
    return label + begun.map(child -> " (process " + child.process().pid() + ")").orElse("");
  }
}
