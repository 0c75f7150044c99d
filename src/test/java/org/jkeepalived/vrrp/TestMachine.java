package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.vrrp.address.Announcer;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Endpoint;

/**
 * What virtual routers find around them in tests. All that they want done is written down in the
 * order in which they want it; what answers, and when, is told by the test.
 */
final class TestMachine
    implements NanoClock, DatagramSender, KernelBook, Announcer, LinkPorts, VrrpListener {

  private static final int PRIORITY_AT = 2;

  /** What is written down. */
  enum Seen {
    /** {@code eth0 says 100}, or {@code … to 10.0.0.2}: an advertisement with its priority. */
    SENT,
    /** {@code +10.0.0.51} or {@code -10.0.0.51}. */
    KERNEL,
    /** {@code A}: whose addresses are announced. */
    ANNOUNCED,
    /** {@code A MASTER 100}: the subject of an event, what happened, the priority. */
    TOLD,
    /** The same, of an instance that goes on under another name: nobody is told. */
    RENAMED,
    /** {@code open 1 [224.0.0.18] 2}: index, groups, routers; or {@code close 1}. */
    PORTS,
    /** A line that keepalived always logs. */
    LOGGED
  }

  private record Line(Seen seen, String text) {}

  /** An advertisement that was sent. */
  record Payload(InetAddress to, byte[] bytes) {}

  private final List<Payload> payloads = new ArrayList<>();

  private final List<Line> lines = new ArrayList<>();
  private final Function<Integer, String> linkNames;
  private Optional<Consumer<Integer>> portOpener = Optional.empty();
  private Optional<String> brokenKernel = Optional.empty();
  private final Set<InetAddress> unreachable = new HashSet<>();
  private Optional<String> unicastProblem = Optional.empty();
  private Optional<String> authenticationProblem = Optional.empty();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Map.Entry<Holder, KernelObject>> holders = new HashMap<>();
  private boolean kernelAnswers = true;
  private long nowNanos = 1_000_000_000L;

  /**
   * @param linkNames the name of the link with that index
   */
  TestMachine(Function<Integer, String> linkNames) {
    this.linkNames = linkNames;
  }

  // ---- what the test says ----

  /** From now on a port is open as soon as it is asked for. */
  void openPortsAtOnce(Consumer<Integer> opener) {
    portOpener = Optional.of(opener);
  }

  /** From now on the kernel does what it is asked for, and never says so. */
  void silenceKernel() {
    kernelAnswers = false;
  }

  /** The next call of that instance throws; removing addresses throws once only. */
  void breakKernelFor(String instance) {
    brokenKernel = Optional.of(instance);
  }

  void repairKernel() {
    brokenKernel = Optional.empty();
  }

  /** From now on the kernel refuses the object of that name. */
  void refuse(String name) {
    refused.add(name);
  }

  /** It does so no more. */
  void accept(String name) {
    refused.remove(name);
  }

  /** Somebody removes the object of that name. */
  void lose(String name) {
    holders.get(name).getKey().objectLost(holders.get(name).getValue());
  }

  /** From now on the kernel sends nothing to that address. */
  void loseRouteTo(InetAddress peer) {
    unreachable.add(peer);
  }

  /** The socket for peers could not be opened. */
  void breakUnicast(String problem) {
    unicastProblem = Optional.of(problem);
  }

  /** The socket for what has an authentication header could not be opened. */
  void breakAuthenticated(String problem) {
    authenticationProblem = Optional.of(problem);
  }

  void setTime(long nanos) {
    nowNanos = nanos;
  }

  // ---- what the test asks ----

  /** All of these kinds that was seen since {@link #forget} or {@link #drain}. */
  List<String> seen(Seen... kinds) {
    Set<Seen> wanted = Set.of(kinds);
    return lines.stream()
        .filter(line -> wanted.contains(line.seen()))
        .map(Line::text)
        .collect(Collectors.toUnmodifiableList());
  }

  /** The same, and forgets everything. */
  List<String> drain(Seen... kinds) {
    List<String> drained = seen(kinds);
    forget();
    return drained;
  }

  void forget() {
    lines.clear();
  }

  /** What was sent since it was cleared last. */
  List<Payload> payloads() {
    return payloads;
  }

  private void see(Seen seen, String text) {
    lines.add(new Line(seen, text));
  }

  // ---- what virtual routers use ----

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public boolean send(Endpoint endpoint, byte[] payload, int length) {
    String to = endpoint.isGroup() ? "" : " to " + endpoint.destination().getHostAddress();
    payloads.add(new Payload(endpoint.destination(), Arrays.copyOf(payload, length)));
    see(
        Seen.SENT,
        linkNames.apply(endpoint.linkIndex()) + " says " + (payload[PRIORITY_AT] & 0xff) + to);
    return !unreachable.contains(endpoint.destination());
  }

  @Override
  public Optional<String> hearAuthenticated() {
    return authenticationProblem;
  }

  @Override
  public Optional<String> unicastProblem(AddressFamily family) {
    return unicastProblem;
  }

  @Override
  public void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer) {
    if (isBrokenFor(owner)) {
      throw new IllegalStateException("for the test");
    }
    objects.forEach(object -> see(Seen.KERNEL, "+" + object.name()));
    objects.forEach(object -> holders.put(object.name(), Map.entry(owner, object)));
    if (kernelAnswers) {
      answer.accept(
          objects.stream()
              .filter(object -> refused.contains(object.name()))
              .map(object -> new Refusal(object, "cannot add " + object.name()))
              .toList());
    }
  }

  @Override
  public void remove(Holder owner, List<KernelObject> objects) {
    if (isBrokenFor(owner)) {
      repairKernel();
      throw new IllegalStateException("for the test");
    }
    objects.forEach(object -> see(Seen.KERNEL, "-" + object.name()));
  }

  private boolean isBrokenFor(Holder owner) {
    return owner instanceof RunningRouter router
        && brokenKernel.filter(router.router().instance().name()::equals).isPresent();
  }

  @Override
  public void announce(
      Object owner, String name, List<VirtualAddress> addresses, int repeat, Announcements plan) {
    see(Seen.ANNOUNCED, name);
  }

  @Override
  public void cancel(Object owner) {
    // nothing is queued
  }

  @Override
  public void open(LinkState link, Demand demand) {
    Set<String> groups = new TreeSet<>();
    demand.groups().forEach(group -> groups.add(group.getHostAddress()));
    see(Seen.PORTS, "open " + link.index() + " " + groups + " " + demand.routers());
    portOpener.ifPresent(opener -> opener.accept(link.index()));
  }

  @Override
  public void close(int linkIndex) {
    see(Seen.PORTS, "close " + linkIndex);
  }

  @Override
  public void log(Effects.Level level, String line) {
    if (level != Effects.Level.DETAIL) {
      see(Seen.LOGGED, line);
    }
  }

  @Override
  public void failed(String line, RuntimeException bug) {
    see(Seen.LOGGED, line);
  }

  @Override
  public void happened(Event event) {
    VrrpEvent told = (VrrpEvent) event;
    if (told instanceof VrrpEvent.Renamed) {
      see(Seen.RENAMED, told.subject().name() + " " + told.word() + " " + told.priority());
      return;
    }
    String what = told instanceof VrrpEvent.Deleted ? "DELETED" : told.word();
    see(Seen.TOLD, told.subject().name() + " " + what + " " + told.priority());
  }
}
