package org.jkeepalived.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ThreadPriority;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.StateChange;
import org.jkeepalived.status.StateHistory;
import org.jkeepalived.vrrp.ReloadPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Virtual routers, and those who find out how the things are that they track. */
final class VrrpSubsystem implements Subsystem {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpSubsystem.class);

  /** How long the start waits for what is tracked. */
  private static final long TRACKERS_MILLIS = 1_000;

  private final VrrpService service;
  private final TrackerService trackers;
  private final ThreadConduct conduct;
  private final StateHistory history;

  /** How long an end in the middle of everything waits for each of the two threads it needs. */
  private static final long RESIGN_NANOS = 100_000_000L;

  /** As the thread that plans and applies reloads knows it. */
  private Configuration current;

  /**
   * @param owners makes the threads
   * @param shared whose threads it uses beside its own
   * @param events hears, on the VRRP thread, what happens to instances and groups
   * @param history is told of it by somebody else
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  VrrpSubsystem(
      Owners owners,
      Configuration configuration,
      VrrpService.Settings settings,
      SharedThreads shared,
      Event.Listener events,
      StateHistory history)
      throws SystemCallException {
    current = configuration;
    this.history = history;
    service = new VrrpService(configuration, settings, shared.kernel(), events, owners);
    trackers = new TrackerService(owners, service, shared.scripts(), shared.files());
    conduct = new ThreadConduct(service, new Urgency(), LOG);
    KernelThread kernel = shared.kernel();
    owners.lastStep(
        failed -> {
          service.resign(failed, RESIGN_NANOS);
          kernel.awaitAll(RESIGN_NANOS);
        });
  }

  /** The VRRP thread's. */
  private final class Urgency implements ThreadConduct.Urgency {
    @Override
    public void realTime(int priority) throws SystemCallException {
      service.setPriority(priority);
    }

    @Override
    public void nice(int nice) throws SystemCallException {
      ThreadPriority.niceWithCollector(nice);
    }
  }

  private void behave(Configuration configuration) {
    conduct.become(configuration.globals().processes().vrrp());
  }

  /** Virtual routers know from the start what files and processes say, unless a disk hangs. */
  @Override
  public CompletableFuture<Optional<String>> start() throws InterruptedException {
    CompletableFuture<Void> known = trackers.track(current);
    try {
      known.get(TRACKERS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Not all tracked files and processes could be looked at, not waiting for them");
    }
    CompletableFuture<Optional<String>> up = service.start();
    behave(current);
    return up;
  }

  @Override
  public void warmUp() {
    service.warmUp();
  }

  @Override
  public Reload plan(Configuration target) {
    ReloadPlan plan = ReloadPlan.of(current, target);
    return new Reload() {
      @Override
      public String summary() {
        return plan.summary();
      }

      @Override
      public List<String> details() {
        return plan.details();
      }

      @Override
      public List<String> news() {
        return plan.news();
      }

      @Override
      public CompletableFuture<Void> apply() {
        current = target;
        CompletableFuture<Void> done = service.reload(plan);
        behave(target);
        trackers.track(target);
        return done;
      }
    };
  }

  @Override
  public String title() {
    return "VRRP";
  }

  @Override
  public String fileInfix() {
    return "";
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(boolean clear) {
    // sorted here, not on the VRRP thread, which completes the answer
    List<StateChange> last = history.latest();
    return service.snapshot(clear, trackers.watchers()).thenApply(taken -> taken.remembering(last));
  }

  @Override
  public List<Order> orders(Executor files) {
    return List.of(new MaintenanceWords(service.maintenance()));
  }

  @Override
  public void stop() throws InterruptedException {
    service.stop();
    trackers.close();
  }
}
