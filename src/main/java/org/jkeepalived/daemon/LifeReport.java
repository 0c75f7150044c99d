package org.jkeepalived.daemon;

import java.io.IOException;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.linux.process.NotifySocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever started the daemon how it fares: the launcher that waits for a daemon in the
 * background, and the service manager. Either may be away.
 */
final class LifeReport {

  private static final Logger LOG = LoggerFactory.getLogger(LifeReport.class);

  private static final long MICROS_PER_MILLI = 1000;

  private final LaunchPipe launcher;
  private final NotifySocket serviceManager;
  private final Runnable leavesTerminal;

  /**
   * @param leavesTerminal called when nobody reads any more what goes to standard error
   */
  LifeReport(LaunchPipe launcher, NotifySocket serviceManager, Runnable leavesTerminal) {
    this.launcher = launcher;
    this.serviceManager = serviceManager;
    this.leavesTerminal = leavesTerminal;
  }

  /** The process ends without having been ready. */
  void failed(int exitCode) {
    launcher.ended(exitCode);
  }

  /** All is up: dependent units may start, and a daemon in the background leaves its terminal. */
  void ready() {
    leavesTerminal.run();
    tell(launcher::ready);
    tell(serviceManager::ready);
  }

  /** A reload begins; {@link #reloaded} ends it, whatever has come of it. */
  void reloading() {
    tell(() -> serviceManager.reloading(MonotonicClock.nowNanos() / 1000));
  }

  void reloaded() {
    tell(serviceManager::ready);
  }

  /**
   * @param mostMillis how long it may take until the process has ended
   */
  void stopping(long mostMillis) {
    tell(() -> serviceManager.stopping(mostMillis * MICROS_PER_MILLI));
  }

  /**
   * The start waits for something.
   *
   * @param mostMillis how long
   */
  void starting(long mostMillis) {
    if (mostMillis > 0) {
      tell(() -> serviceManager.starting(mostMillis * MICROS_PER_MILLI));
    }
  }

  private interface Message {
    void send() throws IOException;
  }

  private static void tell(Message message) {
    try {
      message.send();
    } catch (IOException e) {
      LOG.warn("Whoever started this daemon is not told: {}", FileError.text(e));
    }
  }
}
