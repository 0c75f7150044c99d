package org.jkeepalived.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.AddressRequest;
import org.jkeepalived.linux.netlink.AddressResult;
import org.jkeepalived.linux.netlink.AddressWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out changes of addresses in order, away from the VRRP thread: the kernel's routing lock
 * may be held by somebody else for longer than an advertisement interval.
 */
final class AddressThread implements KernelAddresses.Worker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("org.jkeepalived.vrrp.AddressThread");

  /** Requests handed to the kernel at once, so that early answers do not wait for all. */
  private static final int REQUESTS_AT_ONCE = 512;

  private static final int REHEARSED_REQUESTS = 300;
  private static final long CLOSE_MILLIS = 1_000;

  private final AddressWriter writer;
  private final Optional<AddressRecord> record;
  private final Executor vrrp;
  private final LastResort lastResort;
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  AddressThread(
      AddressWriter writer, Optional<AddressRecord> record, Executor vrrp, LastResort lastResort) {
    this.lastResort = lastResort;
    this.writer = writer;
    this.record = record;
    this.vrrp = vrrp;
    thread = new Thread(this::run, "addresses");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Asks the kernel for what cannot be, so that no class is loaded in the first failover. */
  void rehearse() {
    queue.add(() -> writer.warmUp(REHEARSED_REQUESTS));
  }

  @Override
  public void submit(List<AddressRequest> requests, Consumer<List<AddressResult>> done) {
    queue.add(
        () -> {
          List<AddressResult> results = carryOut(requests);
          vrrp.execute(() -> done.accept(results));
        });
  }

  /** Forgets what an earlier run wrote down and {@code kept} does not name. */
  void forgetAllBut(Set<String> kept) {
    queue.add(() -> record.ifPresent(present -> present.retain(kept)));
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        Runnable step = queue.poll(200, TimeUnit.MILLISECONDS);
        if (step != null) {
          step.run();
        }
      }
      writer.close();
      record.ifPresent(AddressRecord::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      // Without this thread a master would have no addresses, and not know of it.
      lastResort.end("addresses can no longer be changed", failure);
    }
  }

  private List<AddressResult> carryOut(List<AddressRequest> requests) {
    try {
      record.ifPresent(present -> present.beforeAdding(requests));
      List<AddressResult> results = new ArrayList<>(requests.size());
      for (int from = 0; from < requests.size(); from += REQUESTS_AT_ONCE) {
        results.addAll(
            writer.apply(
                requests.subList(from, Math.min(from + REQUESTS_AT_ONCE, requests.size()))));
      }
      record.ifPresent(present -> present.afterwards(results));
      return results;
    } catch (RuntimeException bug) {
      LOG.error("internal error while changing addresses, please report it", bug);
      SystemError error = new SystemError("change addresses", 0, "internal error: " + bug);
      return requests.stream()
          .map(
              request ->
                  new AddressResult(request, AddressResult.Outcome.REFUSED, Optional.of(error)))
          .toList();
    }
  }

  /** Ends the thread once everything handed over is done; waits for it, but not for ever. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("The kernel does not answer: addresses may stay behind until the next start");
    }
  }
}
