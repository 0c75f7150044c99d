package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.route.AddressRequest;
import org.jkeepalived.linux.netlink.route.AddressResult;
import org.jkeepalived.linux.netlink.route.AddressWriter;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out changes of addresses in order, away from the VRRP thread: the kernel's routing lock
 * may be held by somebody else for longer than an advertisement interval.
 */
final class AddressThread implements KernelAddresses.Worker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AddressThread.class);

  /** Requests handed to the kernel at once, so that early answers do not wait for all. */
  private static final int REQUESTS_AT_ONCE = 512;

  private static final FailureRule RULE =
      // a master would have no addresses, and not know of it
      FailureRule.endProcess("addresses can no longer be changed");

  private static final int WARM_UP_REQUESTS = 300;
  private static final long CLOSE_MILLIS = 1_000;

  private final AddressWriter writer;
  private final Optional<AddressJournal> journal;
  private final Executor vrrp;
  private final OwnerThread thread;

  /**
   * @param owners makes the thread, {@code kernel}
   * @param vrrp where answers go
   */
  AddressThread(
      Owners owners, AddressWriter writer, Optional<AddressJournal> journal, Executor vrrp)
      throws SystemCallException {
    thread = owners.make("kernel", RULE);
    this.writer = writer;
    this.journal = journal;
    this.vrrp = vrrp;
  }

  void start() {
    thread.start();
  }

  /** Asks the kernel for what cannot be, so that no class is loaded in the first failover. */
  void warmUp() {
    thread.execute(() -> writer.warmUp(WARM_UP_REQUESTS));
  }

  @Override
  public void submit(List<AddressRequest> requests, Consumer<List<AddressResult>> done) {
    thread.execute(
        () -> {
          List<AddressResult> results = carryOut(requests);
          vrrp.execute(() -> done.accept(results));
        });
  }

  /** Forgets what an earlier run wrote down and {@code kept} does not name. */
  void forgetAllBut(Set<String> kept) {
    thread.execute(() -> journal.ifPresent(present -> present.retain(kept)));
  }

  private List<AddressResult> carryOut(List<AddressRequest> requests) {
    try {
      journal.ifPresent(present -> present.beforeAdding(requests));
      List<AddressResult> results = new ArrayList<>(requests.size());
      for (int from = 0; from < requests.size(); from += REQUESTS_AT_ONCE) {
        results.addAll(
            writer.apply(
                requests.subList(from, Math.min(from + REQUESTS_AT_ONCE, requests.size()))));
      }
      journal.ifPresent(present -> present.afterwards(results));
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
    if (!thread.endWithin(CLOSE_MILLIS, this::closeFiles)) {
      LOG.warn("The kernel does not answer: addresses may stay behind until the next start");
    }
  }

  private void closeFiles() {
    writer.close();
    journal.ifPresent(AddressJournal::close);
  }
}
