package org.jkeepalived.host.track;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.process.ProcessConnector;
import org.jkeepalived.linux.process.ProcessTable;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.ProcessBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a board of tracked processes up to date: by the kernel's reports, and by looking at all
 * processes at the start and when reports were lost. Where the kernel does not report, as in a
 * container with processes of its own, all are looked at every second. Belongs to the thread {@code
 * processes}.
 */
final class ProcessReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessReports.class);

  private static final int REPORTS_PER_TURN = 1024;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long REST_NANOS = 2_000_000L;
  private static final long ANSWER_NANOS = 2 * SECOND_NANOS;

  /** Looking at all processes may take that part of the time at most. */
  private static final int MOST_BUSY = 10;

  private static final long LOG_QUIET_NANOS = 10 * SECOND_NANOS;

  private final EventLoop loop;
  private final ProcessTable table = new ProcessTable();
  private final ProcessBoard board;
  private final TimerQueue.Timer scan;
  private final TimerQueue.Timer answer;

  private Optional<ProcessConnector> connector = Optional.empty();
  private boolean looksOnly;
  private boolean confirmed;
  private long knownLosses;
  private boolean lossesToRepair;
  private long drainedNanos = MonotonicClock.nowNanos() - REST_NANOS;
  private long scanNanos;
  private long scannedNanos;
  private Optional<Long> lossLoggedNanos = Optional.empty();

  ProcessReports(EventLoop loop, ProcessBoard.Listener listener) {
    this.loop = loop;
    board = new ProcessBoard(loop.timers(), table, listener);
    scan = loop.timers().timer((deadline, now) -> scanNow());
    answer = loop.timers().timer((deadline, now) -> missAnswer());
  }

  /** Tracks these from now on; each one's condition has been told when it returns. */
  void become(List<ProcessTracker> trackers, ReceiveBuffer buffer) {
    board.become(trackers);
    if (trackers.isEmpty()) {
      close();
      return;
    }
    if (connector.isEmpty() && !looksOnly) {
      open();
    }
    connector.ifPresent(opened -> buffer.bytes().ifPresent(opened::makeRoom));
    scanNow();
  }

  /** How it is with each tracker's processes. */
  Map<String, ProcessBoard.Look> looks() {
    return board.looks();
  }

  private void open() {
    try {
      ProcessConnector opened = ProcessConnector.open();
      connector = Optional.of(opened);
      knownLosses = 0;
      lossesToRepair = false;
      confirmed = false;
      answer.arm(loop.nowNanos() + ANSWER_NANOS);
      loop.watch(opened.fd(), () -> drain(opened));
    } catch (SystemCallException e) {
      looksOnly(e.error().toString());
    }
  }

  private void drain(ProcessConnector from) {
    rest();
    long nowNanos = MonotonicClock.nowNanos();
    int read = REPORTS_PER_TURN;
    boolean done = false;
    try {
      read = from.drain(REPORTS_PER_TURN, board, nowNanos);
      board.settle(nowNanos);
      done = true;
    } finally {
      if (!done) {
        // what was read and not understood is found out by looking
        armScan();
      }
    }
    if (!confirmed && from.acknowledgement().isPresent()) {
      confirmed = true;
      answer.disarm();
      from.acknowledgement().get().forEach(error -> looksOnly(error.toString()));
      if (!looksOnly) {
        LOG.debug("proc_events has confirmed it is configured");
      }
    }
    if (from.losses() != knownLosses) {
      knownLosses = from.losses();
      lossesToRepair = true;
      logLosses(from);
    }
    if (lossesToRepair) {
      repair(from, read < REPORTS_PER_TURN);
    }
  }

  /**
   * All processes are looked at once everything that the kernel has kept was read, and not before:
   * it says once that it has no room, and then drops reports in silence until then.
   */
  private void repair(ProcessConnector from, boolean allRead) {
    if (allRead) {
      lossesToRepair = false;
      armScan();
    } else {
      // perhaps that was all: then nothing would have the loop look here again
      loop.execute(() -> connector.filter(open -> open == from).ifPresent(this::drain));
    }
  }

  /** Many reports at once cost far less than each by itself, and what they say is often over. */
  private void rest() {
    long nowNanos = MonotonicClock.nowNanos();
    if (nowNanos - drainedNanos < REST_NANOS) {
      LockSupport.parkNanos(REST_NANOS);
    }
    drainedNanos = MonotonicClock.nowNanos();
  }

  private void logLosses(ProcessConnector from) {
    long nowNanos = loop.nowNanos();
    if (lossLoggedNanos.isEmpty() || nowNanos - lossLoggedNanos.get() > LOG_QUIET_NANOS) {
      lossLoggedNanos = Optional.of(nowNanos);
      LOG.info(
          "Process events were lost {} times: all processes are looked at again, room for events"
              + " is {} bytes now",
          knownLosses,
          from.queueBytes());
    }
  }

  private void armScan() {
    if (!scan.isArmed()) {
      scan.arm(Math.max(loop.nowNanos(), scannedNanos + restNanos()));
    }
  }

  /** In which no further look at all processes begins. */
  private long restNanos() {
    return Math.max(SECOND_NANOS, MOST_BUSY * scanNanos);
  }

  private void missAnswer() {
    looksOnly("no answer, as in a user namespace of its own");
  }

  private void looksOnly(String reason) {
    if (!looksOnly) {
      LOG.warn(
          "The kernel does not report processes ({}): all of them are looked at every second",
          reason);
    }
    looksOnly = true;
    disconnect();
    scan.arm(loop.nowNanos() + restNanos());
  }

  private void scanNow() {
    long beganNanos = MonotonicClock.nowNanos();
    boolean done = false;
    try {
      board.scanned(table.scan(board.commandLineBytes()), beganNanos);
      done = true;
    } finally {
      scannedNanos = MonotonicClock.nowNanos();
      scanNanos = scannedNanos - beganNanos;
      if (looksOnly || !done) {
        scan.arm(scannedNanos + restNanos());
      }
    }
  }

  private void disconnect() {
    answer.disarm();
    connector.ifPresent(
        open -> {
          loop.forget(open.fd());
          open.close();
        });
    connector = Optional.empty();
  }

  @Override
  public void close() {
    scan.disarm();
    disconnect();
  }
}
