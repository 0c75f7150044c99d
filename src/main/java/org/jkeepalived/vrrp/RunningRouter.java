package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.ReceiveChecks;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One virtual router in the daemon: its state machine, and its effects made real. */
public final class RunningRouter implements Effects, AddressBook.Holder, SyncGroupState.Member {

  private static final Logger LOG = LoggerFactory.getLogger(RunningRouter.class);

  private final VrrpContext context;
  private final VirtualRouter router;
  private final Map<Alarm, TimerQueue.Timer> timers = new EnumMap<>(Alarm.class);
  private final DiscardLog discardLog = new DiscardLog();
  private final Optional<Log> otherLog;
  private ReceiveChecks checks;
  private Optional<Attachment> attachment = Optional.empty();
  private Optional<AdvertisementSender> sender = Optional.empty();
  private final SourceMemory sources = new SourceMemory();
  private long lastTransitionNanos;
  private State lastLeft = State.INIT;

  /** Not even FAULT could be entered: it does nothing any more. */
  private boolean givenUp;

  /** Hears of every transition, on the owner's thread. */
  @FunctionalInterface
  public interface TransitionListener {
    void transition(RunningRouter router, State from, State to);
  }

  /** Where log lines go instead of the log. */
  @FunctionalInterface
  interface Log {
    void log(Level level, String message);
  }

  RunningRouter(VrrpInstance instance, VrrpContext context) {
    this(instance, context, Optional.empty());
  }

  /**
   * One whose log lines go elsewhere: what is only run to warm up must not be told as if it were.
   */
  RunningRouter(VrrpInstance instance, VrrpContext context, Log elsewhere) {
    this(instance, context, Optional.of(elsewhere));
  }

  private RunningRouter(VrrpInstance instance, VrrpContext context, Optional<Log> otherLog) {
    this.context = context;
    this.otherLog = otherLog;
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

  /** When it next advertises or takes the master for gone; empty while it does neither. */
  public OptionalLong protocolDeadlineNanos() {
    TimerQueue.Timer timer = timers.get(Alarm.PROTOCOL);
    return timer.isArmed() ? OptionalLong.of(timer.deadlineNanos()) : OptionalLong.empty();
  }

  /** Speaks on {@code link} from now on, with that source address. */
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
          router.sourceAddress(source);
          prepareSender(router.instance());
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

  /** New faults before those that are gone, or one that takes another's place would end FAULT. */
  void faults(Map<Fault, Optional<String>> derived, long nowNanos) {
    guard(
        () -> {
          derived.forEach(
              (fault, reason) -> reason.ifPresent(text -> router.fault(fault, text, nowNanos)));
          derived.forEach(
              (fault, reason) -> {
                if (reason.isEmpty()) {
                  router.faultGone(fault, nowNanos);
                }
              });
        });
  }

  /** What it tracks changed; what is not decided yet changes nothing. */
  void tracked(Verdict verdict, long nowNanos) {
    guard(
        () -> {
          router.tracked(verdict.adjustment(), nowNanos);
          follow(verdict, nowNanos);
        });
  }

  private void follow(Verdict verdict, long nowNanos) {
    if (verdict.fault().isPresent()) {
      router.fault(Fault.TRACKED, verdict.fault().get(), nowNanos);
    } else if (!verdict.undecided()) {
      router.faultGone(Fault.TRACKED, nowNanos);
    }
  }

  void surroundingsChanged() {
    guard(router::surroundingsChanged);
  }

  void reconfigure(VrrpInstance changed, Verdict verdict, long nowNanos) {
    guard(
        () -> {
          checks = new ReceiveChecks(changed);
          prepareSender(changed);
          router.reconfigure(changed, verdict.adjustment(), nowNanos);
          follow(verdict, nowNanos);
        });
  }

  private void prepareSender(VrrpInstance instance) {
    sender = attachment.map(place -> new AdvertisementSender(instance, place, context.datagrams()));
    attachment
        .filter(place -> AdvertisementSender.isOwnPeer(instance, place.source()))
        .ifPresent(
            place ->
                log(
                    Level.WARNING,
                    "WARNING - equal priority advert received from remote host with our IP address:"
                        + " it is unicast_peer "
                        + place.source().getHostAddress()
                        + ", which is ourselves - left out"));
  }

  /** Whether one of its peers sent {@code datagram}. */
  boolean isPeer(ReceivedDatagram datagram) {
    return checks.isPeer(datagram);
  }

  /** A packet that was sent to this virtual router: its link, group or peers, and VRID. */
  void received(ReceivedDatagram datagram, AdvertisementView packet, long nowNanos) {
    guard(() -> read(datagram, packet, nowNanos));
  }

  private void read(ReceivedDatagram datagram, AdvertisementView packet, long nowNanos) {
    if (attachment.isPresent() && datagram.isFrom(attachment.get().sourceBytes())) {
      return;
    }
    InetAddress source = sources.of(datagram);
    Optional<Discard> discard = checks.check(datagram, packet, router.isKnownMaster(source));
    if (discard.isPresent()) {
      router.statistics().count(discard.get());
      discardLog
          .due(discard.get(), nowNanos)
          .ifPresent(
              suppressed ->
                  log(
                      Level.INFO,
                      checks.explain(discard.get(), datagram, packet) + from(source, suppressed)));
      return;
    }
    router.heard(
        new ReceivedAdvertisement(source, packet.priority(), checks.intervalNanos(packet)),
        nowNanos);
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
        LOG.error("({}) internal error, please report it", router.instance().name(), bug);
      }
      try {
        router.fault(Fault.INTERNAL, "internal error: " + bug, context.clock().nowNanos());
      } catch (RuntimeException again) {
        giveUp(again);
      }
    }
  }

  /** Whoever cannot even enter FAULT must not keep what another machine is about to take. */
  private void giveUp(RuntimeException bug) {
    givenUp = true;
    LOG.error("({}) does nothing from now on, until a restart", router.instance().name(), bug);
    timers.values().forEach(TimerQueue.Timer::disarm);
    context.announcer().cancel(this);
    context.addresses().remove(this, all(router.instance()));
  }

  // ---- Effects ----

  @Override
  public void advertise(int priority) {
    int refused = sender.isPresent() ? sender.get().send(priority) : 1;
    for (int i = 0; i < refused; i++) {
      router.statistics().count(Counter.SEND_FAILURES);
    }
  }

  @Override
  public void takeAddresses(VrrpInstance instance) {
    context.addresses().add(this, all(instance), this::answer);
  }

  @Override
  public void releaseAddresses(VrrpInstance instance) {
    context.addresses().remove(this, all(instance));
  }

  @Override
  public void replaceAddresses(VrrpInstance before, VrrpInstance after) {
    List<VirtualAddress> wanted = all(after);
    context
        .addresses()
        .remove(this, all(before).stream().filter(old -> !wanted.contains(old)).toList());
    context.addresses().add(this, wanted, this::answer);
  }

  @Override
  public void addressLost(VirtualAddress address) {
    guard(() -> router.addressLost(address));
  }

  private void answer(Optional<String> refusal) {
    guard(() -> router.addressesTaken(refusal, context.clock().nowNanos()));
  }

  static List<VirtualAddress> all(VrrpInstance instance) {
    return Stream.concat(
            instance.addresses().advertised().stream(), instance.addresses().excluded().stream())
        .toList();
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
    if (otherLog.isPresent()) {
      otherLog.get().log(level, message);
      return;
    }
    String name = router.instance().name();
    switch (level) {
      case ERROR -> LOG.error("({}) {}", name, message);
      case WARNING -> LOG.warn("({}) {}", name, message);
      case INFO -> LOG.info("({}) {}", name, message);
      case DETAIL -> LOG.debug("({}) {}", name, message);
    }
  }

  @Override
  public void transition(State from, State to, long nowNanos) {
    lastTransitionNanos = nowNanos;
    lastLeft = from;
    context.transitions().transition(this, from, to);
    switch (to) {
      case MASTER -> tell(Event.What.MASTER);
      case BACKUP -> tell(Event.What.BACKUP);
      case FAULT -> tell(Event.What.FAULT);
      case INIT -> {
        // whoever stops it knows what that is called
      }
    }
  }

  @Override
  public void tell(Event.What what) {
    VrrpInstance instance = router.instance();
    boolean ofPriority = what == Event.What.MASTER_PRIORITY || what == Event.What.BACKUP_PRIORITY;
    if (!ofPriority || instance.notifications().priorityChanges()) {
      context
          .events()
          .happened(
              new Event(
                  Event.Subject.INSTANCE,
                  instance.name(),
                  what,
                  router.priority(),
                  instance.notifications()));
    }
  }
}
