package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.address.InstanceObjects;
import org.jkeepalived.vrrp.packet.AdvertisementFrame;
import org.jkeepalived.vrrp.packet.ReceiveChecks;
import org.jkeepalived.vrrp.packet.ReceivedPacket;

/** One virtual router in the daemon: its state machine, and its effects made real. */
public final class RunningRouter implements Effects, KernelBook.Holder, SyncGroupState.Member {

  private final VrrpContext context;
  private final VirtualRouter router;
  private final Map<Alarm, TimerQueue.Timer> timers = new EnumMap<>(Alarm.class);
  private final DiscardLog discardLog = new DiscardLog();
  private final DiscrepancyLog discrepancyLog = new DiscrepancyLog();
  private ReceiveChecks checks;
  private Optional<Attachment> attachment = Optional.empty();
  private Optional<AdvertisementFrame> frame = Optional.empty();
  private long lastTransitionNanos;
  private State lastLeft = State.INIT;

  /** Not even FAULT could be entered: this virtual router does nothing any more. */
  private boolean givenUp;

  /** The link a virtual router speaks on, as it is now. */
  record Attachment(int linkIndex, byte[] hardwareAddress, InetAddress source) {
    boolean is(int otherIndex, byte[] otherHardwareAddress, InetAddress otherSource) {
      return linkIndex == otherIndex
          && Arrays.equals(hardwareAddress, otherHardwareAddress)
          && source.equals(otherSource);
    }
  }

  RunningRouter(VrrpInstance instance, VrrpContext context) {
    this.context = context;
    this.router = new VirtualRouter(instance, this);
    this.checks = new ReceiveChecks(instance);
    for (Alarm alarm : Alarm.values()) {
      timers.put(
          alarm,
          context
              .timers()
              .timer((deadline, now) -> guard(() -> router.alarm(alarm, deadline, now))));
    }
  }

  @Override
  public VirtualRouter router() {
    return router;
  }

  @Override
  public void command(Consumer<VirtualRouter> step) {
    guard(() -> step.accept(router));
  }

  /** When the state changed last, by the loop's clock. */
  public long lastTransitionNanos() {
    return lastTransitionNanos;
  }

  /** The state before the present one. */
  public State lastLeft() {
    return lastLeft;
  }

  /** When the next advertisement or the end of the master is due; empty while neither is. */
  public OptionalLong protocolDeadlineNanos() {
    TimerQueue.Timer timer = timers.get(Alarm.PROTOCOL);
    return timer.isArmed() ? OptionalLong.of(timer.deadlineNanos()) : OptionalLong.empty();
  }

  /** From now on this virtual router speaks on that link, from that address. */
  void attach(int linkIndex, byte[] hardwareAddress, InetAddress source) {
    if (attachment.isPresent() && attachment.get().is(linkIndex, hardwareAddress, source)) {
      return;
    }
    guard(
        () -> {
          boolean moved =
              attachment.isPresent()
                  && !Arrays.equals(attachment.get().hardwareAddress(), hardwareAddress);
          attachment = Optional.of(new Attachment(linkIndex, hardwareAddress, source));
          router.setSource(source);
          buildFrame();
          if (moved && router.state() == State.MASTER) {
            // the neighbours know the old one
            announce(router.instance().announcements().repeat());
          }
        });
  }

  void start(long nowNanos) {
    guard(() -> router.start(nowNanos));
  }

  void stop(boolean releaseAddresses, long nowNanos) {
    guard(() -> router.stop(releaseAddresses, nowNanos));
  }

  /**
   * Sets and clears faults: new ones before those that are gone, or a fault that takes another's
   * place would end FAULT.
   *
   * @param derived the reason for each fault; empty for one that is not there
   */
  void setFaults(Map<Fault, Optional<String>> derived, long nowNanos) {
    guard(
        () -> {
          derived.forEach(
              (fault, reason) -> reason.ifPresent(text -> router.setFault(fault, text, nowNanos)));
          derived.forEach(
              (fault, reason) -> {
                if (reason.isEmpty()) {
                  router.clearFault(fault, nowNanos);
                }
              });
        });
  }

  /** Takes what the tracked things do to it; what is not decided yet changes no fault. */
  void setVerdict(Verdict verdict, long nowNanos) {
    guard(
        () -> {
          router.adjustPriority(verdict.adjustment(), nowNanos);
          setTrackedFault(verdict, nowNanos);
        });
  }

  private void setTrackedFault(Verdict verdict, long nowNanos) {
    if (verdict.fault().isPresent()) {
      router.setFault(Fault.TRACKED, verdict.fault().get(), nowNanos);
    } else if (!verdict.undecided()) {
      router.clearFault(Fault.TRACKED, nowNanos);
    }
  }

  /** Links or addresses of the machine changed. */
  void machineChanged() {
    guard(() -> router.machineChanged(context.nowNanos()));
  }

  void reconfigure(VrrpInstance changed, Verdict verdict, long nowNanos) {
    guard(
        () -> {
          checks = new ReceiveChecks(changed);
          attachment.ifPresent(
              link ->
                  frame =
                      Optional.of(
                          new AdvertisementFrame(changed, link.hardwareAddress(), link.source())));
          router.reconfigure(changed, verdict.adjustment(), nowNanos);
          setTrackedFault(verdict, nowNanos);
        });
  }

  private void buildFrame() {
    frame =
        attachment.map(
            link ->
                new AdvertisementFrame(router.instance(), link.hardwareAddress(), link.source()));
  }

  /** A packet with this virtual router's link, group and VRID. */
  void receive(ReceivedPacket packet, long nowNanos) {
    guard(() -> read(packet, nowNanos));
  }

  private void read(ReceivedPacket packet, long nowNanos) {
    if (attachment.isPresent() && packet.isFrom(attachment.get().source().getAddress())) {
      return;
    }
    InetAddress source = packet.source();
    Optional<Discard> discard = checks.check(packet);
    if (discard.isPresent()) {
      router.statistics().count(discard.get());
      discardLog
          .admit(discard.get(), nowNanos)
          .ifPresent(
              suppressed ->
                  log(
                      Level.INFO,
                      checks.explain(discard.get(), packet) + from(source, suppressed)));
      return;
    }
    compare(packet, source, nowNanos);
    router.receive(
        new ReceivedAdvertisement(source, packet.priority(), checks.intervalNanos(packet)),
        nowNanos);
  }

  /** Tells of what the packet says otherwise than we are configured; it is believed. */
  private void compare(ReceivedPacket packet, InetAddress source, long nowNanos) {
    Optional<Discrepancy> list = checks.compareAddresses(packet, router.isKnownMaster(source));
    if (list.isPresent()) {
      router.statistics().countDifferentList();
      explain(list.get(), packet.addressCount(), packet, nowNanos);
    }
    if (checks.hasOtherInterval(packet)) {
      int interval = (int) (checks.intervalNanos(packet) / 1_000_000L);
      explain(Discrepancy.INTERVAL, interval, packet, nowNanos);
    }
  }

  private void explain(Discrepancy kind, int value, ReceivedPacket packet, long nowNanos) {
    InetAddress source = packet.source();
    if (discrepancyLog.admit(kind, source, value, nowNanos)) {
      log(Level.INFO, checks.explain(kind, packet) + from(source, 0));
    }
  }

  private static String from(InetAddress source, long suppressed) {
    return " (from "
        + source.getHostAddress()
        + (suppressed == 0 ? ")" : ", " + suppressed + " more since the last such line)");
  }

  /**
   * A failure of our own code costs the one instance that it concerns, not the thread that all
   * share.
   */
  private void guard(Runnable step) {
    if (givenUp) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException bug) {
      if (!router.faults().containsKey(Fault.INTERNAL)) {
        fail("internal error, please report it", bug);
      }
      try {
        router.setFault(Fault.INTERNAL, "internal error: " + bug, context.clock().nowNanos());
      } catch (RuntimeException again) {
        giveUp(again);
      }
    }
  }

  /** Whoever cannot even enter FAULT must not keep what another machine is about to take. */
  private void giveUp(RuntimeException bug) {
    givenUp = true;
    fail("does nothing from now on, until a restart", bug);
    timers.values().forEach(TimerQueue.Timer::disarm);
    context.announcer().cancel(this);
    context.objects().remove(this, InstanceObjects.of(router.instance()));
  }

  private void fail(String line, RuntimeException bug) {
    context.listener().failed(named(line), bug);
  }

  /** keepalived's way to say whose line that is. */
  private String named(String line) {
    return "(" + router.instance().name() + ") " + line;
  }

  // ---- Effects ----

  @Override
  public void advertise(int priority) {
    if (attachment.isEmpty()
        || frame.isEmpty()
        || !context.frames().send(attachment.get().linkIndex(), frame.get().next(priority))) {
      router.statistics().count(Counter.SEND_FAILURES);
    }
  }

  @Override
  public void take(List<KernelObject> objects) {
    context
        .objects()
        .add(
            this,
            objects,
            refused -> guard(() -> router.kernelAnswered(refused, context.nowNanos())));
  }

  @Override
  public void release(List<KernelObject> objects) {
    context.objects().remove(this, objects);
  }

  @Override
  public void objectLost(KernelObject object) {
    guard(() -> router.objectLost(object));
  }

  static List<VirtualAddress> all(VrrpInstance instance) {
    return instance.addresses().all();
  }

  @Override
  public void announce(int repeat) {
    VrrpInstance instance = router.instance();
    context
        .announcer()
        .announce(
            this, instance.name(), all(instance), repeat, instance.announcements().intervalNanos());
  }

  @Override
  public void cancelAnnouncements() {
    context.announcer().cancel(this);
  }

  @Override
  public void arm(Alarm alarm, long deadlineNanos) {
    timers.get(alarm).arm(deadlineNanos);
  }

  @Override
  public void disarm(Alarm alarm) {
    timers.get(alarm).disarm();
  }

  @Override
  public void shift(Alarm alarm, long byNanos, long nowNanos) {
    TimerQueue.Timer timer = timers.get(alarm);
    if (timer.isArmed()) {
      timer.arm(nowNanos + Math.max(0, timer.deadlineNanos() + byNanos - nowNanos));
    }
  }

  @Override
  public void log(Level level, String message) {
    context.listener().log(level, named(message));
  }

  @Override
  public void transition(State from, State to, long nowNanos) {
    lastTransitionNanos = nowNanos;
    lastLeft = from;
    context.listener().changed(this, from, to);
    switch (to) {
      case MASTER -> tellEntered(VrrpEvent.Entered.MASTER);
      case BACKUP -> tellEntered(VrrpEvent.Entered.BACKUP);
      case FAULT -> tellEntered(VrrpEvent.Entered.FAULT);
      case INIT -> {
        // whoever stops it knows what that is called
      }
    }
  }

  private void tellEntered(VrrpEvent.Entered state) {
    tell(new VrrpEvent.Transition(subject(), state, router.priority(), notifications()));
  }

  /** The daemon has stopped it. */
  void tellStopped() {
    tell(new VrrpEvent.Stopped(subject(), router.priority(), notifications()));
  }

  /** A reload has removed it. */
  void tellDeleted() {
    tell(new VrrpEvent.Deleted(subject(), router.priority(), notifications()));
  }

  private Subject subject() {
    return Subject.instance(router.instance().name());
  }

  private Notifications notifications() {
    return router.instance().notifications();
  }

  @Override
  public void tell(VrrpEvent event) {
    if (!(event instanceof VrrpEvent.PriorityChange) || event.isForFifos()) {
      context.listener().happened(event);
    }
  }
}
