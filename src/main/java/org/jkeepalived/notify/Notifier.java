package org.jkeepalived.notify;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * Tells whoever is to hear of an event: FIFOs, scripts, and then those who only listen, as mail.
 *
 * <p>It lives on one thread and does not block.
 */
public final class Notifier implements Event.Listener {

  /** What already runs when the daemon stops may run that long before what comes after it. */
  static final long FINISH_NANOS = 1_000_000_000L;

  private final NotifyContext context;
  private final List<Event.Listener> others;
  private final PresentStates present = new PresentStates();
  private final ScriptQueues scripts;
  private final FifoSlot all;
  private final FifoSlot vrrp;
  private final FifoSlot lvs;
  private final Timer patience;
  private Optional<Runnable> whenStopped = Optional.empty();

  /**
   * @param others hear, after FIFOs and scripts, of what they hear of, one after the other
   */
  public Notifier(NotifyContext context, Pipe.Opener opener, List<Event.Listener> others) {
    this.context = context;
    this.others = List.copyOf(others);
    this.scripts = new ScriptQueues(context, this::lookWhetherStopped);
    this.all = new FifoSlot(FifoKind.ALL, opener, context, present::all);
    this.vrrp = new FifoSlot(FifoKind.VRRP, opener, context, present::all);
    this.lvs = new FifoSlot(FifoKind.LVS, opener, context, List::of);
    this.patience = context.timers().timer((deadlineNanos, nowNanos) -> abandon());
  }

  /** Has the FIFOs as they are configured; those that do not change stay as they are. */
  public void configure(Configuration configuration) {
    present.configure(configuration);
    Reporting reporting = configuration.reporting();
    all.configure(reporting.all(), reporting.statesOnReload());
    vrrp.configure(reporting.vrrp(), reporting.statesOnReload());
    lvs.configure(reporting.lvs(), false);
  }

  @Override
  public void happened(Event event) {
    boolean news = !(event instanceof VrrpEvent ofVrrp) || isNews(ofVrrp);
    if (news) {
      if (event.isForFifos()) {
        all.write(event);
        (event instanceof LvsEvent ? lvs : vrrp).write(event);
      }
      scripts.add(event);
      others.forEach(listener -> listener.happened(event));
    }
  }

  /**
   * Another name is no news, nor is a removal that is told as a fault of what was in FAULT, or
   * never began.
   */
  private boolean isNews(VrrpEvent event) {
    boolean silent = event instanceof VrrpEvent.Deleted && event.isFault();
    boolean news =
        !(event instanceof VrrpEvent.Renamed) && (!silent || present.isKnownToWork(event));
    present.add(event);
    return news;
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
