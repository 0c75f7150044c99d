package org.jkeepalived.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.host.Subsystem.Reload;
import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.host.lvs.InstanceStates;
import org.jkeepalived.host.notify.NotifyService;
import org.jkeepalived.host.notify.mail.Alerts;
import org.jkeepalived.host.script.ConfiguredAccounts;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.track.FileWatches;
import org.jkeepalived.host.vrrp.MaintenanceFile;
import org.jkeepalived.host.vrrp.StartupDelay;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.status.StateHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs between start and stop: the subsystems, and who is told of what happens to them. One
 * thread calls all but {@link #sources}.
 */
public final class Services {

  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** The mail that tells of the stop is worth waiting for, but not much. */
  private static final long MAIL_MILLIS = 2_000;

  private final Configuration configuration;
  private final ScriptThread scripts;

  private final Optional<SharedThreads> shared;

  private final Deliveries deliveries = new Deliveries();
  private final Alerts alerts;
  private final NotifyService notifications;

  /** Read by the thread of the scripts. */
  private volatile Event.Listener further = event -> {};

  private final List<Subsystem> subsystems;

  /** As the thread that plans and applies reloads knows it. */
  private Configuration current;

  /**
   * What the configuration does not say.
   *
   * @param places where it writes down what is to outlive it
   * @param logAddresses {@code -a}: log every address that comes or goes
   * @param keepAddresses {@code -V}: leave the addresses where they are in the end
   * @param keepIpvs {@code -I}: leave the IPVS table as it is in the end
   * @param vrrp virtual routers run, if any are configured
   * @param checkers virtual servers run, if any are configured
   */
  public record Settings(
      DaemonPlaces places,
      boolean logAddresses,
      boolean keepAddresses,
      boolean keepIpvs,
      boolean vrrp,
      boolean checkers) {}

  /** Makes the subsystems, once it is known whom they tell of what happens. */
  @FunctionalInterface
  public interface Maker {
    List<Subsystem> make(Event.Listener events) throws SystemCallException;
  }

  /**
   * Makes what runs, and starts nothing.
   *
   * @param owners makes the threads
   * @param scripts the thread that scripts are run on
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  public static Services of(
      Owners owners, Configuration configuration, Settings settings, ScriptThread scripts)
      throws SystemCallException {
    SharedThreads shared =
        new SharedThreads(
            KernelThread.start(owners, settings.places().journal()),
            scripts,
            new FileWatches(owners));
    StateHistory history = new StateHistory();
    return new Services(
        owners,
        configuration,
        scripts,
        Optional.of(shared),
        history,
        events -> subsystems(owners, configuration, settings, shared, history, events));
  }

  private static List<Subsystem> subsystems(
      Owners owners,
      Configuration configuration,
      Settings settings,
      SharedThreads shared,
      StateHistory history,
      Event.Listener events)
      throws SystemCallException {
    List<Subsystem> made = new ArrayList<>();
    InstanceStates states = new InstanceStates();
    if (settings.vrrp()) {
      VrrpService.Settings vrrp =
          new VrrpService.Settings(
              StartupDelay.of(configuration.globals()),
              settings.logAddresses(),
              settings.keepAddresses(),
              new MaintenanceFile(
                  settings.places().maintenance(), settings.places().configuration()));
      Event.Listener both =
          event -> {
            states.happened(event);
            events.happened(event);
          };
      made.add(new VrrpSubsystem(owners, configuration, vrrp, shared, both, history));
    }
    made.add(
        new LvsSubsystem(
            owners,
            configuration,
            new LvsSubsystem.Settings(
                settings.places(), settings.keepIpvs(), settings.checkers(), settings.vrrp()),
            new CheckSources(owners, shared.scripts(), shared.files()),
            events,
            states));
    return made;
  }

  /** With other subsystems than the usual ones, which put nothing into the kernel. */
  public Services(Owners owners, Configuration configuration, ScriptThread scripts, Maker maker)
      throws SystemCallException {
    this(owners, configuration, scripts, Optional.empty(), new StateHistory(), maker);
  }

  private Services(
      Owners owners,
      Configuration configuration,
      ScriptThread scripts,
      Optional<SharedThreads> shared,
      StateHistory history,
      Maker maker)
      throws SystemCallException {
    alerts = new Alerts(owners, MonotonicClock::nowNanos, deliveries);
    this.configuration = configuration;
    current = configuration;
    this.scripts = scripts;
    this.shared = shared;
    notifications =
        new NotifyService(
            scripts.loop(),
            scripts.runner(),
            List.of(history, alerts, event -> further.happened(event)),
            deliveries);
    subsystems = maker.make(notifications);
  }

  /**
   * Has somebody else hear, on the thread of the scripts, what happens; to be called before the
   * start.
   */
  public void tellAlso(Event.Listener listener) {
    further = listener;
  }

  /**
   * Starts everything.
   *
   * @return done when all is up: empty, or why it cannot be; perhaps completed on another thread
   */
  public CompletableFuture<Optional<String>> start() throws InterruptedException {
    tellAs(configuration);
    CompletableFuture<Optional<String>> all = CompletableFuture.completedFuture(Optional.empty());
    for (Subsystem subsystem : subsystems) {
      all = all.thenCombine(subsystem.start(), (one, other) -> one.or(() -> other));
    }
    return all;
  }

  /** See {@link Subsystem#warmUp}. */
  public void warmUp() {
    shared.ifPresent(threads -> threads.kernel().warmUp());
    subsystems.forEach(Subsystem::warmUp);
  }

  /** Finds out what another configuration changes. Nothing has happened yet. */
  public Reload plan(Configuration target) {
    Configuration running = current;
    List<Reload> plans = subsystems.stream().map(subsystem -> subsystem.plan(target)).toList();
    return new Reload() {
      @Override
      public String summary() {
        return plans.stream()
            .map(Reload::summary)
            .filter(summary -> !summary.isEmpty())
            .collect(Collectors.joining("; "));
      }

      @Override
      public List<String> details() {
        List<String> lines = new ArrayList<>();
        plans.forEach(plan -> lines.addAll(plan.details()));
        GlobalChange.between(running, target).forEach(lines::add);
        return lines;
      }

      @Override
      public List<String> news() {
        return Stream.concat(
                plans.stream().flatMap(plan -> plan.news().stream()),
                GlobalChange.between(running, target).stream())
            .toList();
      }

      @Override
      public CompletableFuture<Void> apply() {
        current = target;
        scripts.prepare(ConfiguredAccounts.of(target));
        // those who are told are there before there is anything to tell
        tellAs(target);
        return CompletableFuture.allOf(
            plans.stream().map(Reload::apply).toArray(CompletableFuture[]::new));
      }
    };
  }

  /** Whom to ask how everything is. */
  public List<? extends SnapshotSource> sources() {
    return subsystems;
  }

  /** What those who are told of what happens were told, and what was lost. From any thread. */
  public DaemonFigures.Deliveries deliveries() {
    return new DaemonFigures.Deliveries(
        deliveries.mails(), deliveries.mailsLost(), deliveries.lines(), deliveries.linesLost());
  }

  /**
   * What the operator may want of what runs.
   *
   * @param files the thread on which a file may be written, which may take its time
   */
  public List<Order> orders(Executor files) {
    return subsystems.stream().flatMap(subsystem -> subsystem.orders(files).stream()).toList();
  }

  /** Has those who are told of what happens as this configuration names them. */
  private void tellAs(Configuration wanted) {
    notifications.configure(wanted);
    scripts.execute(() -> alerts.configure(wanted.globals().routerId(), wanted.reporting().mail()));
  }

  /**
   * Stops everything, tells of it, and waits until those who are told have heard. What fails on the
   * way is logged, and hinders nothing else: the other subsystems' addresses and servers would
   * stay.
   *
   * @return whether nothing failed
   */
  public boolean stop() throws InterruptedException {
    boolean well = true;
    for (Subsystem subsystem : subsystems) {
      well &= isDone(subsystem::stop);
    }
    if (shared.isPresent()) {
      well &= isDone(shared.get().files()::close);
      well &= isDone(shared.get().kernel()::close);
    }
    well &= isDone(notifications::stop);
    return isDone(this::closeAlerts) && well;
  }

  /** A part of the stop. */
  private interface StopStep {
    void run() throws InterruptedException;
  }

  private static boolean isDone(StopStep step) throws InterruptedException {
    try {
      step.run();
      return true;
    } catch (RuntimeException | LinkageError bug) {
      LOG.error("internal error while stopping, please report it; the stop goes on", bug);
      return false;
    }
  }

  /** On the thread that they live on. */
  private void closeAlerts() throws InterruptedException {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    scripts.execute(
        () -> {
          alerts.close(MAIL_MILLIS);
          closed.complete(null);
        });
    try {
      closed.get(2 * MAIL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Mail does not end: not waiting for it");
    }
  }
}
