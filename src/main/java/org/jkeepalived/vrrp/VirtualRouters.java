package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.link.LinkDebounce;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.track.Verdict;

/**
 * All virtual routers of the daemon, and the door to what connects them to the machine: packets go
 * to {@link PacketDispatch}, news of links to {@link LinkSupervision}; {@link StartGate} says who
 * may start when, {@link RouterRegistry} who there is. Lives on one thread.
 */
public final class VirtualRouters {

  /** What is counted for packets that belong to no virtual router. */
  public enum Stray {
    /** Protocol 112, but too short to be VRRP. */
    TRUNCATED,
    /** No virtual router of that group and VRID is configured on the link. */
    UNKNOWN_VRID,
    /** In a frame for another machine: a switch floods, or somebody forges. */
    FOREIGN_FRAME,
    /** The checksum of the IP header is wrong. */
    HEADER_CHECKSUM,
    /** From an address that no machine can send from, such as 127.0.0.1. */
    MARTIAN_SOURCE
  }

  private final VrrpContext context;
  private final Links links;
  private final RouterRegistry registry;
  private final SyncGroups groups;
  private final TrackedThings things;
  private final PacketDispatch dispatch;
  private final LinkSupervision supervision;
  private final StartGate gate;
  private final StartPatience patience;
  private final Maintenance maintenance;
  private final RoutingDoubt doubt = new RoutingDoubt();

  /** Those of the configuration; made when the first one has any. */
  private Optional<StaticObjects> statics = Optional.empty();

  /**
   * @param links the machine's, which whoever hears of the machine keeps
   */
  public VirtualRouters(
      Configuration configuration, VrrpContext context, Links links, LinkPorts ports) {
    this.context = context;
    this.links = links;
    registry = new RouterRegistry(configuration, context);
    groups = new SyncGroups(context.listener());
    things = new TrackedThings(configuration);
    dispatch =
        new PacketDispatch(
            registry.lookup(), links, context, configuration.globals().logUnknownVrids());
    supervision = new LinkSupervision(registry, things, context, links, ports, new LinkListener());
    links.addListener(supervision);
    links.addListener(doubt);
    doubt.concerns(hasRouting());
    gate = new StartGate(groups, this::isKnown);
    patience =
        new StartPatience(
            context,
            gate::waiting,
            instance -> things.awaitedBy(instance.name()),
            this::runNanos,
            this::changed);
    registry.all().forEach(this::connect);
    groups.form(configuration.groups(), registry.byName(), context.nowNanos());
    AdvertisementSpread.over(registry.all(), groups);
    maintenance = new Maintenance(registry, context);
  }

  /** Whether it is known how an instance is: its port answered, and what can be a fault of it. */
  private boolean isKnown(VrrpInstance instance) {
    return !supervision.isWaitingForPort(instance) && !things.judge(instance.name()).undecided();
  }

  /** How long looking at a target may take by its configuration. */
  private long runNanos(TrackTarget target) {
    return configuration().trackers().scripts().stream()
        .filter(script -> script.target().equals(target))
        .mapToLong(ScriptTracker::timeoutNanos)
        .findFirst()
        .orElse(0);
  }

  // ---- what there is ----

  /** The machine's links and addresses. */
  public Links links() {
    return links;
  }

  public Collection<RunningRouter> all() {
    return registry.all();
  }

  /** The sync groups, in the file's order. */
  public List<SyncGroupState> groups() {
    return groups.all();
  }

  public Configuration configuration() {
    return registry.configuration();
  }

  public long get(Stray stray) {
    return dispatch.get(stray);
  }

  /** Whether some instance's configuration names {@code address}. */
  public boolean isVirtual(InetAddress address) {
    return registry.isVirtual(address);
  }

  /** Which links count as up. */
  public LinkDebounce debounce() {
    return supervision.debounce();
  }

  /** Where the news of polled links go in. */
  public LinkBeat beats() {
    return supervision.debounce();
  }

  /** What all that an instance and its sync group track does to it. */
  public Verdict verdict(VrrpInstance instance) {
    return things.judge(instance.name());
  }

  /** What each thing that an instance and its sync group track does to it. */
  public List<TrackedLook> tracked(VrrpInstance instance) {
    return things.look(instance.name());
  }

  /** What is tracked, and how it is as far as that is known. */
  public Optional<Condition> condition(TrackTarget thing) {
    return things.condition(thing);
  }

  /** Whom the operator has taken out, and may take out and back. */
  public Maintenance maintenance() {
    return maintenance;
  }

  // ---- life ----

  /** Whether every port that was asked for has been opened or has failed. */
  public boolean portsAnswered() {
    return supervision.portsAnswered();
  }

  /** What ports will be asked for where links are there and up, by the name of the link. */
  public Map<String, LinkPorts.Demand> portDemands() {
    return supervision.portDemands();
  }

  /** Starts every virtual router, once the links are known and their ports have answered. */
  public void start() {
    gate.open(registry.all(), context.nowNanos());
    patience.begin(context.nowNanos());
  }

  /** Has the static addresses, routes and rules there; virtual routers may need them. */
  public void addStatics() {
    become(configuration().statics());
  }

  private void become(StaticNetwork network) {
    if (statics.isEmpty() && !network.isEmpty()) {
      statics =
          Optional.of(
              new StaticObjects(
                  context, links, name -> Optional.ofNullable(registry.byName().get(name))));
    }
    statics.ifPresent(there -> there.become(network));
  }

  /** Whether the configuration has any routes or rules, or static addresses. */
  public boolean hasRouting() {
    Configuration configuration = configuration();
    return !configuration.statics().isEmpty()
        || configuration.instances().stream()
            .anyMatch(instance -> !instance.addresses().routing().isEmpty());
  }

  /**
   * Asks for routes and rules that may be gone or possible by now; call it at the end of each turn.
   *
   * @return false: there is nothing left to do
   */
  public boolean settleRouting() {
    doubt
        .take()
        .ifPresent(
            onlyMissing -> {
              statics.ifPresent(there -> there.inDoubt(onlyMissing));
              registry.all().forEach(running -> running.routingInDoubt(onlyMissing));
            });
    return false;
  }

  /** What the kernel told of routes and rules was lost in part. */
  public void routingLost() {
    doubt.all();
  }

  /** Stops every virtual router. */
  public void stop(boolean releaseAddresses) {
    for (RunningRouter router : registry.all()) {
      router.stop(releaseAddresses, context.nowNanos());
      router.events().stopped();
    }
    groups.stop();
    statics.ifPresent(StaticObjects::stop);
    gate.close();
    patience.end();
  }

  // ---- news ----

  /**
   * A packet that came in on a link; anything may be in it.
   *
   * @param ipAt where its IP header starts in {@code bytes}
   * @param end one past its last byte
   */
  public void received(int linkIndex, byte[] bytes, int ipAt, int end) {
    dispatch.receive(linkIndex, bytes, ipAt, end);
  }

  /** The port of a link can send and receive. */
  public void portOpened(int linkIndex) {
    supervision.portAnswered(linkIndex, Optional.empty());
  }

  /** The port of a link could not be opened, or broke. */
  public void portFailed(int linkIndex, String reason) {
    supervision.portAnswered(linkIndex, Optional.of(reason));
  }

  /** Asks again for every port that failed, and for what could not be added to an open one. */
  public void retryPorts() {
    supervision.retryPorts();
  }

  /** A tracked script, file or process is well, or not; or nobody knew before. */
  public void changed(TrackTarget thing, Condition condition) {
    for (String name : things.put(thing, condition)) {
      registry.named(name).setVerdict(things.judge(name), context.nowNanos());
    }
    gate.startThoseKnown(context.nowNanos());
  }

  /** What those that speak to peers want of the sockets that they share. */
  private void tellSockets() {
    ArrivalRooms.tell(context.datagrams(), registry.all(), links);
    Admission.tell(context.datagrams(), registry.all());
  }

  private void judgeAll() {
    for (RunningRouter running : registry.all()) {
      running.setVerdict(verdict(running.router().instance()), context.nowNanos());
    }
  }

  private final class LinkListener implements LinkSupervision.Listener {
    @Override
    public void trackedLinkTold(TrackTarget link, Condition condition) {
      changed(link, condition);
    }

    @Override
    public void linksKnown() {
      tellSockets();
      judgeAll();
    }

    @Override
    public void machineChanged() {
      registry.all().forEach(RunningRouter::machineChanged);
    }

    @Override
    public void faultsDerived() {
      gate.startThoseKnown(context.nowNanos());
    }
  }

  // ---- reload ----

  /**
   * Has the ports opened that a reload needs, so that {@link #reload} finds them open.
   *
   * @return whether that takes a while: {@link #portsAnswered} tells when it is over
   */
  public boolean openAhead(ReloadPlan plan) {
    return supervision.openAhead(plan);
  }

  /**
   * Takes a new configuration; what did not change is not touched.
   *
   * @param plan the difference to {@link #configuration}
   */
  public void reload(ReloadPlan plan) {
    final boolean sameGroups = configuration().groups().equals(plan.target().groups());
    registry.read(plan);
    doubt.concerns(hasRouting());
    become(plan.target().statics());
    things.read(configuration());
    dispatch.setLogUnknownVrids(configuration().globals().logUnknownVrids());
    supervision.reconfigure(configuration());
    if (plan.changesNothing() && sameGroups) {
      judgeAll();
      return;
    }
    groups.dissolve();
    registry.replace(plan, this::remove, this::connect);
    maintenance.follow(plan);
    for (ReloadPlan.Change change : plan.changed()) {
      String name = change.after().name();
      registry.named(name).reconfigure(change.after(), things.judge(name), context.nowNanos());
      supervision.move(registry.named(name), change.before());
    }
    tellNames(plan);
    tellSockets();
    judgeAll();
    supervision.reload(plan);
    groups.form(configuration().groups(), registry.byName(), context.nowNanos());
    AdvertisementSpread.over(registry.all(), groups);
    plan.added().forEach(added -> gate.add(registry.named(added.name())));
    gate.startThoseKnown(context.nowNanos());
    patience.begin(context.nowNanos());
  }

  /** Old names first: one's new name may be another's old one. */
  private void tellNames(ReloadPlan plan) {
    List<ReloadPlan.Change> renamed =
        plan.changed().stream()
            .filter(change -> !change.before().name().equals(change.after().name()))
            .toList();
    for (ReloadPlan.Change change : renamed) {
      registry.named(change.after().name()).events().oldName(change.before().name());
    }
    renamed.forEach(change -> registry.named(change.after().name()).events().newName());
  }

  private void connect(RunningRouter made) {
    supervision.add(made);
    registry.lookup().add(made);
  }

  private void remove(RunningRouter removed) {
    gate.remove(removed);
    removed.stop(true, context.nowNanos());
    removed.events().deleted();
    supervision.remove(removed);
    registry.lookup().remove(removed);
  }
}
