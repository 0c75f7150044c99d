package org.jkeepalived.host.lvs.check;

import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.PageHash;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.TlsFiles;

/** genhash(1) on this machine, for a process that does nothing else. */
public final class PageHashRun {

  private static final int FAILED = 1;

  private final PrintStream out;
  private final PrintStream err;
  private boolean done;

  private PageHashRun(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Asks for a page, prints its digest, and waits for that; the time-out of the check bounds it.
   *
   * @return the exit code: 1 only where this machine has no thread or socket for it
   */
  public static int run(HttpCheck check, boolean verbose, PrintStream out, PrintStream err) {
    return new PageHashRun(out, err).run(check, verbose);
  }

  private int run(HttpCheck check, boolean verbose) {
    long beganNanos = System.nanoTime();
    BlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();
    Owners owners = new Owners(new FatalExit(() -> {}, () -> Runtime.getRuntime().halt(FAILED)));
    CheckLoop loop = new CheckLoop(owners);
    try (CheckSockets sockets = new CheckSockets(owners, loop, answers::add, TlsFiles.NONE);
        loop) {
      new PageHash(new Streams()).ask(check, verbose, sockets, () -> done = true);
      while (!done) {
        answers.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
    if (verbose) {
      long micros = (System.nanoTime() - beganNanos) / 1_000;
      String path = check.urls().get(0).path();
      out.println("\nGlobal response time for [" + path + "] = " + micros + " usecs");
    }
    return 0;
  }

  /** The page is printed on the thread that it comes on. */
  private final class Streams implements PageHash.Print {
    @Override
    public void out(String text) {
      out.print(text);
    }

    @Override
    public void err(String text) {
      err.print(text);
    }
  }
}
