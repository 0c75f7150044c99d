package org.jkeepalived.host;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.host.notify.NotifyService;
import org.jkeepalived.host.notify.mail.Alerts;
import org.jkeepalived.host.script.ConfiguredAccounts;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.vrrp.ReloadPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs between start and stop: VRRP, what it tracks, and who is told of it. One thread calls
 * it.
 */
public final class Services {

  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** The mail that tells of the stop is worth waiting for, but not much. */
  private static final long MAIL_MILLIS = 2_000;

  /** How long the start waits for what is tracked. */
  private static final long TRACKERS_MILLIS = 1_000;

  private final ScriptThread scripts;
  private final Alerts alerts;
  private final NotifyService notifications;
  private final VrrpService vrrp;
  private final TrackerService trackers;

  /** Makes what belongs to VRRP, once it is known whom it tells of what happens. */
  @FunctionalInterface
  public interface VrrpMaker {
    VrrpService make(NotifyService notifications) throws SystemCallException;
  }

  /**
   * @param owners makes the threads
   * @param scripts the thread that scripts are run on
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  public Services(Owners owners, ScriptThread scripts, VrrpMaker maker) throws SystemCallException {
    this.scripts = scripts;
    alerts = new Alerts(owners, MonotonicClock::nowNanos);
    notifications = new NotifyService(scripts.loop(), scripts.runner(), alerts);
    vrrp = maker.make(notifications);
    trackers = new TrackerService(owners, vrrp, scripts);
  }

  public VrrpService vrrp() {
    return vrrp;
  }

  /** Those who know of what is tracked, on threads of their own. */
  public List<Supplier<CompletableFuture<TrackerStatus>>> watchers() {
    return trackers.watchers();
  }

  /** Virtual routers know from the start what files and processes say, unless a disk hangs. */
  public void start(Configuration configuration) throws InterruptedException {
    notifications.configure(configuration);
    mailAs(configuration);
    CompletableFuture<Void> known = trackers.track(configuration);
    try {
      known.get(TRACKERS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Not all tracked files and processes could be looked at, not waiting for them");
    }
    vrrp.start();
  }

  /**
   * Takes a new configuration.
   *
   * @param done what was changed
   */
  public void reload(Configuration changed, Consumer<ReloadPlan> done) {
    scripts.prepare(ConfiguredAccounts.of(changed));
    // those who are told are there before there is anything to tell
    notifications.configure(changed);
    mailAs(changed);
    vrrp.reload(changed, done);
    trackers.track(changed);
  }

  private void mailAs(Configuration configuration) {
    scripts.execute(
        () ->
            alerts.configure(configuration.globals().routerId(), configuration.reporting().mail()));
  }

  /**
   * Stops all instances, tells of it, and waits until the kernel and those who are told have heard.
   *
   * @param keepAddresses leave the addresses where they are (--dont-release-vrrp)
   */
  public void stop(boolean keepAddresses) throws InterruptedException {
    vrrp.stop(keepAddresses);
    trackers.close();
    notifications.stop();
    closeAlerts();
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
