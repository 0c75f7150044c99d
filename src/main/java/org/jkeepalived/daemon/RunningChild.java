package org.jkeepalived.daemon;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ChildProcess;
import org.jkeepalived.linux.process.PrivilegeWrapper;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.script.OutputLines;
import org.jkeepalived.script.Supervision;

/** A command's process on the scripts thread: its end, its time, what it writes. */
final class RunningChild implements CommandRunner.Run, Supervision.Child {

  /** Read at once; whoever writes more waits for its next turn. */
  private static final int MOST_READS_AT_END = 8;

  /** What a script may write in a while before it has to wait. */
  private static final int MOST_BYTES_IN_A_WHILE = 1 << 20;

  private static final long WHILE_NANOS = 100_000_000L;

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

    /** The process is out of the kernel's table. */
    void reaped(RunningChild child);

    /** Nobody holds its standard error any more. */
    void silent(RunningChild child);
  }

  private final Home home;
  private final ChildProcess process;
  private final Supervision supervision;
  private final OutputLines output;
  private final String label;
  private Optional<String> complaint = Optional.empty();
  private boolean reading;
  private boolean reaped;
  private int bytesInAWhile;
  private long whileBeganNanos;

  RunningChild(Home home, ChildProcess process, CommandRunner.Order order, Consumer<Outcome> done) {
    this.home = home;
    this.process = process;
    label = order.label();
    output = new OutputLines(this::wrote);
    EventLoop loop = home.loop();
    supervision =
        new Supervision(this, loop.timers(), order.timeoutNanos(), MonotonicClock.nowNanos(), done);
  }

  /**
   * Begins to watch it.
   *
   * @return whether its end shows by itself; if not, {@link #look} is to be called now and then
   */
  boolean watch() {
    startReading();
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

  // ---- what it writes ----

  private void startReading() {
    try {
      home.loop().watch(process.errorDescriptor(), this::readSome);
      reading = true;
    } catch (SystemCallException e) {
      process.closeError();
    }
  }

  private void readSome() {
    long nowNanos = home.loop().nowNanos();
    if (nowNanos - whileBeganNanos > WHILE_NANOS) {
      whileBeganNanos = nowNanos;
      bytesInAWhile = 0;
    }
    int count = readOnce();
    bytesInAWhile += Math.max(count, 0);
    if (reading && bytesInAWhile > MOST_BYTES_IN_A_WHILE) {
      stopReading();
      home.loop().timers().timer((deadline, now) -> resume()).arm(nowNanos + WHILE_NANOS);
    }
  }

  private void resume() {
    if (process.isErrorOpen()) {
      startReading();
    }
  }

  /**
   * @return how many bytes came; 0 at the end, negative when there is nothing now
   */
  private int readOnce() {
    ReadBuffer buffer = home.buffer();
    int count = buffer.read(process.errorDescriptor());
    if (count > 0) {
      output.take(buffer.bytes(), count);
    } else if (count == 0) {
      silence();
      home.silent(this);
    }
    return count;
  }

  private void stopReading() {
    if (reading) {
      home.loop().forget(process.errorDescriptor());
      reading = false;
    }
  }

  /** Listens no more. */
  void silence() {
    if (process.isErrorOpen()) {
      stopReading();
      output.end();
      process.closeError();
    }
  }

  // ---- its end ----

  /** Looks whether it has exited, and if so, buries it. */
  void look() {
    if (reaped || !process.hasExited()) {
      return;
    }
    if (supervision.leavesNoChildren()) {
      // while it is a zombie, its group's number is nobody else's
      process.kill();
    }
    for (int i = 0; i < MOST_READS_AT_END && process.isErrorOpen() && readOnce() > 0; i++) {
      // until there is nothing left that it has written
    }
    output.end();
    process.pidDescriptor().ifPresent(home.loop()::forget);
    int waitStatus = process.reap();
    reaped = true;
    home.reaped(this);
    if (process.isErrorOpen()) {
      home.lingers(this);
    }
    tell(waitStatus);
  }

  private void tell(int waitStatus) {
    if (waitStatus != 0 && complaint.isPresent()) {
      supervision.notRun(complaint.get());
    } else if (waitStatus < 0) {
      supervision.notRun("its exit status is lost");
    } else {
      supervision.exited(waitStatus);
    }
  }

  @Override
  public void end() {
    if (!reaped) {
      supervision.end(home.loop().nowNanos());
    }
  }

  /** Ends it by force. */
  void endNow() {
    if (!reaped) {
      supervision.kill();
    }
  }

  @Override
  public void terminate() {
    process.terminate();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void abandon() {
    home.abandoned(this);
  }

  /** For log lines. */
  @Override
  public String toString() {
    return label + " (process " + process.pid() + ")";
  }

  /** Where what is read passes through; one for all children of a thread. */
  static final class ReadBuffer {
    private static final int BYTES = 16_384;
    private final NativeMemory memory = NativeMemory.allocate(BYTES);
    private final byte[] bytes = new byte[BYTES];

    /**
     * @return how many bytes came; 0 at the end, a negated error number when there is nothing now
     */
    int read(int descriptor) {
      int count = Libc.read(descriptor, memory.address(), BYTES);
      if (count > 0) {
        memory.bytes().get(0, bytes, 0, count);
      }
      return count;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
