package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.linux.process.OwnProcess;

/**
 * What a start takes longest for and has to know nothing for, made on a thread beside it, where
 * there is a second core, in the order in which it is needed: the library of system calls, 15 ms,
 * the keywords' tables, 15 ms, and the library of packets, 30 ms. The thread ends with that.
 */
public final class Preparations {

  private static final long STACK_BYTES = 512 * 1024L;

  /** Set by the launcher, which has seen by the options that nothing is only to be printed. */
  private static final String DAEMON = "org.jkeepalived.daemon";

  /** Whether packets are wanted, once logging is set up. */
  private final CompletableFuture<Boolean> packets = new CompletableFuture<>();

  private Preparations() {}

  /**
   * Begins, if the launcher says that a daemon is to run; who has no launcher has no preparations.
   * To be called before anything that a start takes its time for. Nothing of the first part logs:
   * the set-up of logging fails where somebody else is at it.
   */
  public static Preparations begin() {
    Preparations preparations = new Preparations();
    if (!Boolean.getBoolean(DAEMON)) {
      return preparations;
    }
    try {
      Thread thread = new Thread(null, preparations::make, "preparations", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError noThread) {
      // at the limit of processes: the start takes longer, and is told of it where it matters
    }
    return preparations;
  }

  /**
   * Logging is set up, and the library of packets, which logs, may be loaded.
   *
   * @param wanted whether packets will be sent and received
   */
  public void loggingIsUp(boolean wanted) {
    packets.complete(wanted);
  }

  private void make() {
    try {
      OwnProcess.id();
      Grammar.prepare();
      if (packets.join()) {
        LinkPort.load();
      }
    } catch (LinkageError failed) {
      // who needs it first fails for the same reason, and tells of it
    }
  }
}
