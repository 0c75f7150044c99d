package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.address.InstanceObjects;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/** One virtual router in the daemon: its state machine, and its effects made real. */
public final class RunningRouter implements Effects, KernelBook.Holder, SyncGroupState.Member {

  private final VrrpContext context;
  private final VirtualRouter router;
  private final AlarmTimers alarms;
  private final SequenceNumber sequence = new SequenceNumber();
  private final Reception reception;
  private final RouterEvents events;
  private Optional<Attachment> attachment = Optional.empty();
  private final TrackedFaults trackedFaults = new TrackedFaults();
  private Optional<String> untrackedTrouble = Optional.empty();
  private Optional<AdvertisementSender> sender = Optional.empty();
  private long lastTransitionNanos;
  private long lastSentNanos;
  private State lastLeft = State.INIT;

  /** Not even FAULT could be entered: this virtual router does nothing any more. */
  private boolean givenUp;

  RunningRouter(VrrpInstance instance, VrrpContext context) {
    this.context = context;
    this.router = new VirtualRouter(instance, this);
    this.alarms =
        new AlarmTimers(
            context.timers(),
            (alarm, deadline, now) -> guard(() -> router.alarm(alarm, deadline, now)));
    this.reception = new Reception(router, this, sequence, () -> makeSender(router.instance()));
    this.events = new RouterEvents(router, this);
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

  /** When it advertised last, by the loop's clock; empty before it first did. */
  public OptionalLong lastSentNanos() {
    return router.statistics().get(Counter.ADVERTISEMENTS_SENT) == 0 && lastSentNanos == 0
        ? OptionalLong.empty()
        : OptionalLong.of(lastSentNanos);
  }

  /** The state before the present one. */
  public State lastLeft() {
    return lastLeft;
  }

  /** When the next advertisement or the end of the master is due; empty while neither is. */
  public OptionalLong protocolDeadlineNanos() {
    return alarms.deadlineNanos(Alarm.PROTOCOL);
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

  /** Takes what is there before it is master for the first time. */
  void prepare() {
    stand(router.instance());
  }

  /** What is refused now is asked for again by the master that needs it, and said by who writes. */
  private void stand(VrrpInstance instance) {
    List<KernelObject> filters = InstanceObjects.standingFilters(instance);
    if (!filters.isEmpty()) {
      context.objects().add(this, filters, refused -> {});
    }
  }

  void stop(boolean releaseAddresses, long nowNanos) {
    guard(
        () -> {
          router.stop(releaseAddresses, nowNanos);
          if (releaseAddresses) {
            context.objects().remove(this, InstanceObjects.filters(router.instance()));
          }
        });
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

  /**
   * The link that it speaks on is in a trouble that is no fault to it ({@code dont_track_primary}).
   *
   * @param trouble empty when packets flow
   */
  void setUntrackedTrouble(Optional<String> trouble) {
    if (trouble.equals(untrackedTrouble)) {
      return;
    }
    trouble.ifPresentOrElse(
        what ->
            log(
                Level.WARNING,
                what
                    + ": nothing can be sent or heard, going on all the same (dont_track_primary)"),
        () -> log(Level.INFO, "advertisements can be sent and heard again"));
    untrackedTrouble = trouble;
  }

  /**
   * Takes what the tracked things do to it. Faults come before the priority, which is of no
   * interest to whoever reads why the virtual router went into FAULT; their end comes after it.
   */
  void setVerdict(Verdict verdict, long nowNanos) {
    guard(
        () -> {
          setTrackedFaults(verdict, nowNanos);
          router.adjustPriority(verdict.adjustment(), nowNanos);
          clearTrackedFault(nowNanos);
        });
  }

  private void setTrackedFaults(Verdict verdict, long nowNanos) {
    trackedFaults.update(verdict, this::logOnceStarted);
    if (!trackedFaults.isEmpty()) {
      router.setFault(Fault.TRACKED, trackedFaults.reasons(), nowNanos);
    }
  }

  private void clearTrackedFault(long nowNanos) {
    if (trackedFaults.isEmpty()) {
      router.clearFault(Fault.TRACKED, nowNanos);
    }
  }

  /** What is wrong before the start is told at the start. */
  private void logOnceStarted(Level level, String line) {
    if (router.state() != State.INIT) {
      log(level, line);
    }
  }

  /** Links or addresses of the machine changed. */
  void machineChanged() {
    guard(() -> router.machineChanged(context.nowNanos()));
  }

  /** As {@link VirtualRouter#routingInDoubt}. */
  void routingInDoubt(boolean onlyMissing) {
    guard(() -> router.routingInDoubt(onlyMissing));
  }

  void reconfigure(VrrpInstance changed, Verdict verdict, long nowNanos) {
    guard(
        () -> {
          reception.reconfigure(changed);
          prepareSender(changed);
          setTrackedFaults(verdict, nowNanos);
          List<KernelObject> filters = InstanceObjects.filters(router.instance());
          router.reconfigure(changed, verdict.adjustment(), nowNanos);
          List<KernelObject> needed = InstanceObjects.filters(changed);
          stand(changed);
          context
              .objects()
              .remove(this, filters.stream().filter(each -> !needed.contains(each)).toList());
          clearTrackedFault(nowNanos);
        });
  }

  private void makeSender(VrrpInstance instance) {
    if (instance.key().isUnicast() && SecurityAssociation.isOf(instance)) {
      context.datagrams().hearAuthenticated();
    }
    sender =
        attachment.map(
            place ->
                new AdvertisementSender(
                    instance, place, context.datagrams(), reception.checksums()::isOld, sequence));
  }

  private void prepareSender(VrrpInstance instance) {
    makeSender(instance);
    attachment
        .filter(place -> AdvertisementSender.isOwnPeer(instance, place.source()))
        .ifPresent(
            place ->
                log(
                    Level.WARNING,
                    "WARNING - equal priority advert received from remote host with our IP address:"
                        + " it is unicast_peer "
                        + NumericAddress.of(place.source())
                        + ", which is ourselves - left out"));
  }

  /** Who makes checksums otherwise than it does. */
  public Map<InetAddress, ChecksumKind> otherChecksums() {
    return reception.checksums().all();
  }

  /** Whether one of its peers sent {@code datagram}. */
  boolean isPeer(ReceivedDatagram datagram) {
    return reception.isPeer(datagram);
  }

  /** A packet that was sent to this virtual router: its link, group or peers, and VRID. */
  void receive(ReceivedDatagram datagram, AdvertisementView packet, long nowNanos) {
    guard(
        () -> {
          if (attachment.isPresent() && datagram.isFrom(attachment.get().sourceBytes())) {
            reception.receiveOwn(datagram, attachment.get().hardwareAddress(), nowNanos);
          } else {
            reception.receive(datagram, packet, nowNanos);
          }
        });
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
    alarms.disarmAll();
    context.announcer().cancel(this);
    context.objects().remove(this, InstanceObjects.leaving(router.instance()));
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
    lastSentNanos = context.nowNanos();
    int refused = sender.isPresent() ? sender.get().send(priority) : 1;
    for (int i = 0; i < refused; i++) {
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

  @Override
  public void announce(int repeat) {
    announce(router.instance().addresses().all(), repeat);
  }

  @Override
  public void announceOnOtherLinks() {
    announce(router.instance().addressesToRefresh(), 1);
  }

  private void announce(List<VirtualAddress> addresses, int repeat) {
    VrrpInstance instance = router.instance();
    context
        .announcer()
        .announce(this, instance.name(), addresses, repeat, instance.announcements());
  }

  @Override
  public void cancelAnnouncements() {
    context.announcer().cancel(this);
  }

  @Override
  public void arm(Alarm alarm, long deadlineNanos) {
    alarms.arm(alarm, deadlineNanos);
  }

  @Override
  public void disarm(Alarm alarm) {
    alarms.disarm(alarm);
  }

  @Override
  public void shift(Alarm alarm, long byNanos, long nowNanos) {
    alarms.shift(alarm, byNanos, nowNanos);
  }

  @Override
  public void log(Level level, String message) {
    context.listener().log(router, router.state(), level, named(message));
  }

  @Override
  public void entering(State next, String message) {
    context.listener().log(router, next, Level.INFO, named(message));
  }

  @Override
  public void transition(State from, State to, long nowNanos) {
    lastTransitionNanos = nowNanos;
    lastLeft = from;
    context.listener().changed(this, from, to);
    events.entered(from, to, nowNanos);
  }

  /** Tells others of what the daemon does with it. */
  RouterEvents events() {
    return events;
  }

  @Override
  public void tell(VrrpEvent event) {
    if (!(event instanceof VrrpEvent.PriorityChange) || event.isForFifos()) {
      context.listener().happened(event);
    }
  }
}
