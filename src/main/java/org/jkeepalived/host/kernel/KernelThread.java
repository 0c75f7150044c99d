package org.jkeepalived.host.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.host.kernel.firewall.FirewallWriter;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RouteWriter;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that puts objects into the kernel, in the order in which they are asked for: the
 * kernel's routing lock may be held by somebody else for longer than an advertisement interval. It
 * keeps the journal of them.
 */
public final class KernelThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KernelThread.class);

  /** Requests handed to the kernel at once, so that early answers do not wait for all. */
  private static final int REQUESTS_AT_ONCE = 512;

  private static final int WARM_UP_REQUESTS = 300;
  private static final long CLOSE_MILLIS = 1_000;
  private static final long JOURNAL_RETRY_NANOS = 30_000_000_000L;
  private static final long LOOK_NANOS = 5_000_000_000L;

  // Without this thread a master would have no addresses, and not know of it.
  private static final FailureRule RULE =
      FailureRule.endProcess("addresses can no longer be changed");

  private final OwnerThread thread;
  private final Map<String, Set<String>> leftBehind = new LinkedHashMap<>();

  // all below belong to the thread
  private final KernelWriter writer;
  private final KernelJournal journal;
  private final long journalRetryNanos;
  private final TimerQueue.Timer journalRetry;
  private final Map<Runnable, TimerQueue.Timer> looks = new HashMap<>();

  /**
   * Makes the thread; what it writes goes to the network namespace of the thread that calls this.
   *
   * @param owners makes the thread
   * @throws SystemCallException the kernel cannot be asked for anything
   */
  public static KernelThread start(Owners owners, JournalPath journal) throws SystemCallException {
    new JournalNamespace(journal).write();
    FirewallWriter writer = new FirewallWriter(RouteWriter.open());
    KernelThread made =
        new KernelThread(owners, writer, KernelJournal.open(journal), JOURNAL_RETRY_NANOS);
    made.execute(() -> writer.watch(made.watching()));
    return made;
  }

  /**
   * @param journalRetryNanos when what could not be written to the journal is tried again
   */
  KernelThread(Owners owners, KernelWriter writer, KernelJournal journal, long journalRetryNanos)
      throws SystemCallException {
    this.journalRetryNanos = journalRetryNanos;
    this.writer = writer;
    this.journal = journal;
    journal.owners().forEach(owner -> leftBehind.put(owner, journal.of(owner)));
    thread = owners.make("kernel", RULE).start();
    journalRetry = thread.loop().timers().timer((deadline, now) -> catchUp());
  }

  private FirewallWriter.Watching watching() {
    return new FirewallWriter.Watching() {
      @Override
      public void watch(int fd, Runnable whenReadable) throws SystemCallException {
        thread.loop().watch(fd, whenReadable);
      }

      @Override
      public void regularly(Runnable look) {
        TimerQueue.Timer timer = thread.loop().timers().timer((deadline, now) -> look(look));
        looks.put(look, timer);
        timer.arm(thread.loop().nowNanos() + LOOK_NANOS);
      }
    };
  }

  private void look(Runnable look) {
    look.run();
    looks.get(look).arm(thread.loop().nowNanos() + LOOK_NANOS);
  }

  /**
   * A subsystem's way to the kernel.
   *
   * @param owner the subsystem's name in the journal
   * @param home where answers go
   */
  public KernelSession session(String owner, Executor home) {
    return new KernelSession(owner, this, home, leftBehind.getOrDefault(owner, Set.of()));
  }

  /** Asks the kernel for what cannot be, so that no class is loaded in the first failover. */
  public void warmUp() {
    VirtualAddress nowhere =
        new VirtualAddress(
            InetAddress.getLoopbackAddress(),
            32,
            "nowhere",
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            false,
            OptionalLong.empty());
    KernelRequest removal =
        new KernelRequest(
            KernelRequest.Operation.REMOVE,
            new PlacedObject(new KernelAddress(nowhere), List.of(Integer.MAX_VALUE)));
    execute(() -> writer.write(Collections.nCopies(WARM_UP_REQUESTS, removal)));
  }

  /** How much of the kernel's answers may wait to be read, from now on. */
  public void makeRoom(ReceiveBuffer room) {
    execute(() -> writer.makeRoom(room));
  }

  void submit(String owner, List<KernelRequest> requests, Consumer<List<KernelResult>> done) {
    execute(() -> done.accept(carryOut(owner, requests)));
  }

  void forgetAllBut(String owner, Set<String> kept) {
    execute(
        () -> {
          journal.retain(owner, kept);
          retryJournalLater();
        });
  }

  private void execute(Runnable step) {
    thread.loop().execute(step);
  }

  private List<KernelResult> carryOut(String owner, List<KernelRequest> requests) {
    try {
      journal.adding(owner, requests);
      List<KernelResult> results = new ArrayList<>(requests.size());
      for (int from = 0; from < requests.size(); from += REQUESTS_AT_ONCE) {
        results.addAll(
            writer.write(
                requests.subList(from, Math.min(from + REQUESTS_AT_ONCE, requests.size()))));
      }
      journal.answered(owner, results);
      return results;
    } catch (RuntimeException bug) {
      LOG.error("internal error while changing addresses, please report it", bug);
      KernelError error = new KernelError(0, "internal error: " + bug);
      return requests.stream().map(request -> KernelResult.refused(request, error)).toList();
    } finally {
      retryJournalLater();
    }
  }

  private void catchUp() {
    journal.catchUp();
    retryJournalLater();
  }

  private void retryJournalLater() {
    if (journal.isBehind() && !journalRetry.isArmed()) {
      journalRetry.arm(thread.loop().nowNanos() + journalRetryNanos);
    }
  }

  /**
   * Waits until everything handed over so far is done.
   *
   * @param mostNanos for how long at most
   */
  public void awaitAll(long mostNanos) {
    CountDownLatch done = new CountDownLatch(1);
    execute(done::countDown);
    try {
      done.await(mostNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread once everything handed over is done; waits for it, but not for ever. */
  @Override
  public void close() {
    if (!thread.endWithin(CLOSE_MILLIS, this::closeFiles)) {
      LOG.warn("The kernel does not answer: addresses may stay behind until the next start");
    }
  }

  private void closeFiles() {
    writer.close();
    journal.close();
  }
}
