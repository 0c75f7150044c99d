package org.jkeepalived.notify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * Tells whoever is to hear of an event: FIFOs, scripts, mail.
 *
 * <p>It lives on one thread and does not block.
 */
public final class Notifier implements Event.Listener {

  /** What already runs when the daemon stops may run that long before what comes after it. */
  static final long FINISH_NANOS = 1_000_000_000L;

  private final NotifyContext context;
  private final Event.Listener alerts;
  private final PresentStates present = new PresentStates();
  private final ScriptQueues scripts;
  private final FifoSlot all;
  private final FifoSlot vrrp;
  private final FifoSlot lvs;
  private final Timer patience;
  private Optional<Runnable> whenStopped = Optional.empty();

  /**
   * @param alerts hears of the states of those that have {@code smtp_alert}
   */
  public Notifier(NotifyContext context, Pipe.Opener opener, Event.Listener alerts) {
    this.context = context;
    this.alerts = alerts;
    this.scripts = new ScriptQueues(context, this::lookWhetherStopped);
    this.all = new FifoSlot(FifoKind.ALL, opener, context, present::all);
    this.vrrp = new FifoSlot(FifoKind.VRRP, opener, context, present::all);
    this.lvs = new FifoSlot(FifoKind.LVS, opener, context, List::of);
    this.patience = context.timers().timer((deadlineNanos, nowNanos) -> abandon());
  }

  /** Has the FIFOs as they are configured; those that do not change stay as they are. */
  public void configure(Configuration configuration) {
    present.keepGroups(
        configuration.groups().stream().map(SyncGroup::name).collect(Collectors.toSet()));
    Reporting reporting = configuration.reporting();
    all.configure(reporting.all(), reporting.statesOnReload());
    vrrp.configure(reporting.vrrp(), reporting.statesOnReload());
    lvs.configure(reporting.lvs(), false);
  }

  @Override
  public void happened(Event event) {
    // a removal that is told as a fault is no news of what was in FAULT, or never began
    boolean news = !EventText.isSilentRemoval(event) || present.isKnownToWork(event);
    present.add(event);
    if (news) {
      tell(event);
    }
  }

  private void tell(Event event) {
    if (EventText.isForFifos(event)) {
      all.write(event);
      vrrp.write(event);
    }
    scripts.add(event);
    if (event.notifications().mail() && EventText.isState(event)) {
      alerts.happened(EventText.asTold(event));
    }
  }

  /**
   * The daemon stops: what has happened until now is told, then FIFO scripts end and the FIFOs are
   * removed.
   *
   * @param deadlineNanos when to give up
   * @param then called once, perhaps at once
   */
  public void stop(long deadlineNanos, Runnable then) {
    whenStopped = Optional.of(then);
    patience.arm(deadlineNanos);
    scripts.finish(context.nowNanos() + FINISH_NANOS);
    all.close(this::lookWhetherStopped);
    vrrp.close(this::lookWhetherStopped);
    lvs.close(this::lookWhetherStopped);
  }

  private void lookWhetherStopped() {
    if (scripts.isIdle() && all.isClosed() && vrrp.isClosed() && lvs.isClosed()) {
      stopped();
    }
  }

  private void abandon() {
    scripts.abandon();
    all.abandon();
    vrrp.abandon();
    lvs.abandon();
    stopped();
  }

  private void stopped() {
    patience.disarm();
    Optional<Runnable> then = whenStopped;
    whenStopped = Optional.empty();
    then.ifPresent(Runnable::run);
  }
}
