package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.status.Traffic;
import org.jkeepalived.vrrp.LinkPorts;
import org.jkeepalived.vrrp.transport.EthernetHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open ports by link. Lives on the VRRP thread; opening, which may take its time, happens in
 * the background. Whatever goes wrong there, the answer comes: a link whose port is asked for and
 * never answered would keep its virtual routers waiting for ever.
 */
final class LinkPortSet implements LinkPorts {

  private static final Logger LOG = LoggerFactory.getLogger(LinkPortSet.class);
  private static final int FRAMES_AT_ONCE = 256;
  private static final int LEAST_FRAMES = 256;

  /** Enough for an advertisement of some hundred addresses; most have a few. */
  private static final int SHORT_FRAME_BYTES = 480;

  /** What the kernel puts before a frame in the ring. */
  private static final int FRAME_OVERHEAD_BYTES = 112;

  private static final long MOST_RING_BYTES = 16L * 1024 * 1024;

  /** Who hears of frames and of ports. */
  interface Listener {
    void received(int linkIndex, byte[] frame, int ipAt, int end);

    void portOpened(int linkIndex);

    void portFailed(int linkIndex, String reason);

    /** An open port goes on without something that it was to have; {@link #open} asks again. */
    void portLacks(int linkIndex);
  }

  /** What the kernel is asked for, in the background. */
  interface Opener {
    LinkPort port(String link, CaptureFilter filter, int ringBytes, int snapshotBytes)
        throws SystemCallException;

    GroupMembership membership(int linkIndex, InetAddress group) throws SystemCallException;
  }

  /** The kernel itself. */
  static final Opener KERNEL =
      new Opener() {
        @Override
        public LinkPort port(String link, CaptureFilter filter, int ringBytes, int snapshotBytes)
            throws SystemCallException {
          LinkPort port = LinkPort.open(link, filter.heard(), ringBytes, snapshotBytes);
          return filter.refused().isPresent() ? port.counting(filter.refused().get()) : port;
        }

        @Override
        public GroupMembership membership(int linkIndex, InetAddress group)
            throws SystemCallException {
          return GroupMembership.join(linkIndex, group);
        }
      };

  private final EventLoop loop;
  private final Executor background;
  private final PreparedPorts prepared;
  private final Map<Integer, PortEntry> entries = new HashMap<>();
  private Optional<Listener> listener = Optional.empty();

  LinkPortSet(EventLoop loop, Executor background, Opener opener) {
    this.loop = loop;
    this.background = background;
    prepared = new PreparedPorts(opener);
  }

  void listener(Listener hears) {
    listener = Optional.of(hears);
  }

  // ---- opening ----

  /**
   * Opens ports before it is known whether their links are there and up: most are, and the kernel
   * takes its time for each.
   *
   * @param demands what will be asked for, by the name of the link
   */
  void prepare(Map<String, Demand> demands) {
    demands.forEach(
        (name, demand) ->
            background.execute(
                () ->
                    prepared.open(
                        name, CaptureFilter.of(demand), ringBytes(demand), snapshotBytes(demand))));
  }

  /** All that the start needs have been asked for. */
  void closeUnused() {
    background.execute(prepared::closeRest);
  }

  @Override
  public void open(LinkState link, Demand demand) {
    PortEntry known = entries.get(link.index());
    if (known == null) {
      PortEntry entry = newEntry(link, demand);
      entries.put(link.index(), entry);
      background.execute(() -> openInBackground(entry, link.name(), demand, demand.groups()));
      return;
    }
    leave(known.dropAllBut(demand.groups()));
    Set<InetAddress> further = known.askFor(demand);
    if (known.outgrows(demand)) {
      // The old port hears until the new one does: what both hear is heard twice, which is no harm.
      background.execute(() -> openInBackground(known, link.name(), demand, further));
    } else if (!further.isEmpty()) {
      background.execute(() -> joinInBackground(known, further));
    }
  }

  private PortEntry newEntry(LinkState link, Demand demand) {
    int linkIndex = link.index();
    if (!link.isEthernet()) {
      CookedFrames cooked = new CookedFrames();
      return new PortEntry(
          linkIndex,
          demand,
          (frame, length) -> {
            int end = cooked.open(frame, length);
            listener.ifPresent(hears -> hears.received(linkIndex, cooked.packet(), 0, end));
          });
    }
    return new PortEntry(
        linkIndex,
        demand,
        (frame, length) -> {
          int ipAt = EthernetHeader.packetAt(frame, length);
          if (ipAt > 0 && listener.isPresent()) {
            listener.get().received(linkIndex, frame, ipAt, length);
          }
        });
  }

  private void openInBackground(
      PortEntry entry, String name, Demand demand, Set<InetAddress> groups) {
    inBackground(
        entry,
        groups,
        "open " + name,
        () -> {
          LinkPort port =
              prepared.port(
                  name, CaptureFilter.of(demand), ringBytes(demand), snapshotBytes(demand));
          try {
            requireLink(entry, port);
            Joined joined = join(entry.linkIndex(), groups);
            loop.execute(() -> opened(entry, port, demand, joined));
          } catch (SystemCallException | RuntimeException | Error e) {
            port.close();
            throw e;
          }
        });
  }

  /** The name of one that is gone by now may be another one's. */
  private static void requireLink(PortEntry entry, LinkPort port) throws SystemCallException {
    if (port.linkIndex() != entry.linkIndex()) {
      throw new SystemCallException(SystemError.of("open " + port.interfaceName(), Errno.ENODEV));
    }
  }

  private void joinInBackground(PortEntry entry, Set<InetAddress> groups) {
    inBackground(
        entry,
        groups,
        "join",
        () -> {
          Joined joined = join(entry.linkIndex(), groups);
          loop.execute(() -> joined(entry, joined));
        });
  }

  /** What may be refused. */
  private interface Step {
    void run() throws SystemCallException;
  }

  /** Runs a step that answers when it has succeeded; answers for it when it has not. */
  private void inBackground(PortEntry entry, Set<InetAddress> groups, String what, Step step) {
    try {
      step.run();
    } catch (SystemCallException e) {
      loop.execute(() -> failed(entry, groups, Remedy.explain(e.error())));
    } catch (RuntimeException | Error e) {
      LOG.error("{}: internal error, please report it", what, e);
      loop.execute(() -> failed(entry, groups, what + ": " + e));
    }
  }

  /**
   * What has come of joining groups.
   *
   * @param memberships those that were joined
   * @param lacking those of IPv6 that were not, with the reason
   */
  private record Joined(
      Map<InetAddress, GroupMembership> memberships, Map<InetAddress, String> lacking) {}

  /** A link without IPv6 joins none of its groups, which is no reason to hear no IPv4 on it. */
  private Joined join(int linkIndex, Set<InetAddress> groups) throws SystemCallException {
    Joined joined = new Joined(new LinkedHashMap<>(), new LinkedHashMap<>());
    try {
      for (InetAddress group : groups) {
        try {
          joined.memberships().put(group, prepared.membership(linkIndex, group));
        } catch (SystemCallException e) {
          if (AddressFamily.of(group) == AddressFamily.IPV4) {
            throw e;
          }
          joined.lacking().put(group, Remedy.explain(e.error()));
        }
      }
      return joined;
    } catch (SystemCallException | RuntimeException | Error e) {
      joined.memberships().values().forEach(GroupMembership::close);
      throw e;
    }
  }

  /**
   * Room for four seconds of advertisements that come all at once: every byte of it counts as this
   * process's memory, and every frame that finds no room may cost a needless transition. Where the
   * configuration says how much it is, it is that, and an advertisement of each at least.
   */
  static int ringBytes(Demand demand) {
    long frameBytes = snapshotBytes(demand) + FRAME_OVERHEAD_BYTES;
    long least = Math.max(1, demand.routers()) * frameBytes;
    long wanted = demand.room().orElse(Math.max(LEAST_FRAMES, demand.routers() * 4L) * frameBytes);
    return (int) Math.min(Math.max(least, wanted), MOST_RING_BYTES);
  }

  private static int snapshotBytes(Demand demand) {
    return demand.longestPacketBytes() + EthernetHeader.BYTES <= SHORT_FRAME_BYTES
        ? SHORT_FRAME_BYTES
        : LinkPort.MOST_SNAPSHOT_BYTES;
  }

  // ---- answers, on the VRRP thread ----

  private void joined(PortEntry entry, Joined joined) {
    leave(entry.join(joined.memberships()));
    joined.lacking().forEach((group, reason) -> lacks(entry, Set.of(group), reason));
  }

  private void opened(PortEntry entry, LinkPort port, Demand demand, Joined joined) {
    leave(entry.join(joined.memberships()));
    if (!entry.isWanted()) {
      port.closeIn(background);
      return;
    }
    try {
      loop.watch(port.fd(), () -> drain(entry, port));
    } catch (SystemCallException e) {
      port.closeIn(background);
      failed(entry, Set.of(), Remedy.explain(e.error()));
      return;
    }
    entry.replace(port, demand).ifPresent(old -> retire(entry, old));
    listener.ifPresent(hears -> hears.portOpened(entry.linkIndex()));
    joined.lacking().forEach((group, reason) -> lacks(entry, Set.of(group), reason));
  }

  private void retire(PortEntry entry, LinkPort old) {
    drain(entry, old);
    loop.forget(old.fd());
    entry.retire(old);
    old.closeIn(background);
  }

  /**
   * A port that is open goes on without what could not be added to it: those that speak on it have
   * nothing to do with that. The next {@link #open} asks again.
   */
  private void failed(PortEntry entry, Set<InetAddress> groups, String reason) {
    if (!entry.isWanted()) {
      return;
    }
    if (entry.port().isPresent()) {
      lacks(entry, groups, reason);
      return;
    }
    // One that is on its way nevertheless comes too late: the next one starts anew.
    entries.remove(entry.linkIndex());
    shut(entry);
    listener.ifPresent(hears -> hears.portFailed(entry.linkIndex(), reason));
  }

  private void lacks(PortEntry entry, Set<InetAddress> groups, String reason) {
    if (entry.isWanted()) {
      LOG.warn("{}, trying again", reason);
      entry.forget(groups);
      listener.ifPresent(hears -> hears.portLacks(entry.linkIndex()));
    }
  }

  private static void drain(PortEntry entry, LinkPort port) {
    port.drain(entry.handler(), FRAMES_AT_ONCE);
  }

  /** The descriptor of each open port by the index of its link. */
  Map<Integer, Integer> descriptors() {
    Map<Integer, Integer> descriptors = new HashMap<>();
    entries.forEach(
        (index, entry) -> entry.port().ifPresent(port -> descriptors.put(index, port.fd())));
    return descriptors;
  }

  /** What went through each link's port, by the index of the link. */
  Map<Integer, Traffic> traffic() {
    Map<Integer, Traffic> traffic = new HashMap<>();
    entries.forEach((index, entry) -> traffic.put(index, entry.traffic()));
    return traffic;
  }

  /** Counts from zero from now on. */
  void clearTraffic() {
    entries.values().forEach(PortEntry::clearTraffic);
  }

  // ---- closing ----

  @Override
  public void close(int linkIndex) {
    PortEntry entry = entries.remove(linkIndex);
    if (entry != null) {
      shut(entry);
    }
  }

  /** What takes the kernel its time is left to the background. */
  private void shut(PortEntry entry) {
    entry.giveUp();
    List<GroupMembership> left = new ArrayList<>();
    entry
        .release(left)
        .ifPresent(
            port -> {
              loop.forget(port.fd());
              port.closeIn(background);
            });
    leave(left);
  }

  private void leave(List<GroupMembership> left) {
    if (!left.isEmpty()) {
      background.execute(() -> left.forEach(GroupMembership::close));
    }
  }

  /** Closes all. */
  void closeAll() {
    Set.copyOf(entries.keySet()).forEach(this::close);
  }

  // ---- sending ----

  /** Whether a link's port has been asked for and may be there soon. */
  boolean isOpening(int linkIndex) {
    PortEntry entry = entries.get(linkIndex);
    return entry != null && entry.port().isEmpty();
  }

  /**
   * Sends the beginning of {@code frame} on a link.
   *
   * @param linkIndex the kernel's number of the link
   * @param length how many of its bytes
   * @return whether the kernel took it; never blocks, never throws
   */
  boolean send(int linkIndex, byte[] frame, int length) {
    PortEntry entry = entries.get(linkIndex);
    return entry != null && entry.port().isPresent() && entry.port().get().send(frame, length);
  }
}
