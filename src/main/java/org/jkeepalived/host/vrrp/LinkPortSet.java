package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.vrrp.FrameSender;
import org.jkeepalived.vrrp.LinkPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open ports by link. Lives on the VRRP thread; opening, which may take its time, happens in
 * the background.
 */
final class LinkPortSet implements LinkPorts, FrameSender {

  private static final Logger LOG = LoggerFactory.getLogger(LinkPortSet.class);
  private static final int ETHERNET_HEADER_BYTES = 14;
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
  }

  /** Opens a port; it may take its time. */
  interface Opener {
    LinkPort open(String name, int ringBytes, int snapshotBytes) throws SystemCallException;
  }

  /** A link's port, or the intention to have one. */
  private static final class Entry {
    private final int linkIndex;
    private final Set<InetAddress> groups = new HashSet<>();
    private final List<GroupMembership> memberships = new ArrayList<>();
    private Optional<LinkPort> port = Optional.empty();

    /** What was asked for last. */
    private Demand demand;

    /** What the open port was made for. */
    private Demand satisfied;

    private boolean wanted = true;

    Entry(int linkIndex, Demand demand) {
      this.linkIndex = linkIndex;
      this.demand = demand;
      this.satisfied = demand;
    }
  }

  private final EventLoop loop;
  private final Executor background;
  private final Opener opener;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private Optional<Listener> listener = Optional.empty();

  LinkPortSet(EventLoop loop, Executor background) {
    this(
        loop,
        background,
        (name, ringBytes, snapshotBytes) ->
            LinkPort.open(name, LinkPort.ADVERTISEMENTS, ringBytes, snapshotBytes));
  }

  LinkPortSet(EventLoop loop, Executor background, Opener opener) {
    this.loop = loop;
    this.background = background;
    this.opener = opener;
  }

  void listener(Listener hears) {
    listener = Optional.of(hears);
  }

  @Override
  public void open(LinkState link, Demand demand) {
    Entry known = entries.get(link.index());
    if (known == null) {
      Entry entry = new Entry(link.index(), demand);
      entries.put(link.index(), entry);
      entry.groups.addAll(demand.groups());
      background.execute(() -> openInBackground(entry, link.name(), demand, demand.groups()));
      return;
    }
    Set<InetAddress> further = new HashSet<>(demand.groups());
    further.removeAll(known.groups);
    known.groups.addAll(further);
    if (!known.demand.covers(demand)) {
      // The old port hears until the new one does: what both hear is heard twice, which is no harm.
      known.demand = demand;
      background.execute(() -> openInBackground(known, link.name(), demand, further));
    } else if (!further.isEmpty()) {
      background.execute(() -> joinInBackground(known, further));
    }
  }

  private void openInBackground(Entry entry, String name, Demand demand, Set<InetAddress> groups) {
    try {
      LinkPort port = opener.open(name, ringBytes(demand), snapshotBytes(demand));
      try {
        List<GroupMembership> memberships = join(entry.linkIndex, groups);
        loop.execute(() -> opened(entry, port, demand, memberships));
      } catch (Throwable e) {
        port.close();
        throw e;
      }
    } catch (SystemCallException e) {
      loop.execute(() -> failed(entry, groups, Remedy.explain(e.error())));
    } catch (Throwable e) {
      // whatever it is: without an answer the link would be waited for, for ever
      loop.execute(() -> failed(entry, groups, "open " + name + ": " + e));
      throw e;
    }
  }

  /**
   * Room for four seconds of advertisements that come all at once: every byte of it counts as this
   * process's memory, and every frame that finds no room may cost a needless transition.
   */
  private static int ringBytes(Demand demand) {
    long frames = Math.max(LEAST_FRAMES, demand.routers() * 4L);
    return (int) Math.min(frames * (snapshotBytes(demand) + FRAME_OVERHEAD_BYTES), MOST_RING_BYTES);
  }

  private static int snapshotBytes(Demand demand) {
    return demand.longestPacketBytes() + ETHERNET_HEADER_BYTES <= SHORT_FRAME_BYTES
        ? SHORT_FRAME_BYTES
        : LinkPort.MOST_SNAPSHOT_BYTES;
  }

  private static List<GroupMembership> join(int linkIndex, Set<InetAddress> groups)
      throws SystemCallException {
    List<GroupMembership> memberships = new ArrayList<>();
    try {
      for (InetAddress group : groups) {
        memberships.add(GroupMembership.join(linkIndex, group));
      }
      return memberships;
    } catch (Throwable e) {
      memberships.forEach(GroupMembership::close);
      throw e;
    }
  }

  private void joinInBackground(Entry entry, Set<InetAddress> groups) {
    try {
      List<GroupMembership> memberships = join(entry.linkIndex, groups);
      loop.execute(() -> joined(entry, memberships));
    } catch (SystemCallException e) {
      loop.execute(() -> failed(entry, groups, Remedy.explain(e.error())));
    } catch (Throwable e) {
      loop.execute(() -> failed(entry, groups, "join: " + e));
      throw e;
    }
  }

  private void joined(Entry entry, List<GroupMembership> memberships) {
    entry.memberships.addAll(memberships);
    if (!entry.wanted) {
      shut(entry);
    }
  }

  private void opened(
      Entry entry, LinkPort port, Demand demand, List<GroupMembership> memberships) {
    joined(entry, memberships);
    if (!entry.wanted) {
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
    Optional<LinkPort> before = entry.port;
    entry.port = Optional.of(port);
    entry.satisfied = demand;
    before.ifPresent(old -> replace(entry, old));
    listener.ifPresent(hears -> hears.portOpened(entry.linkIndex));
  }

  private void replace(Entry entry, LinkPort old) {
    drain(entry, old);
    loop.forget(old.fd());
    old.closeIn(background);
  }

  /**
   * A port that is open goes on without what could not be added to it: those that speak on it have
   * nothing to do with that. The next {@link #open} asks again.
   */
  private void failed(Entry entry, Set<InetAddress> groups, String reason) {
    if (!entry.wanted) {
      return;
    }
    if (entry.port.isPresent()) {
      LOG.warn("{}, trying again", reason);
      entry.groups.removeAll(groups);
      entry.demand = entry.satisfied;
      return;
    }
    // One that is on its way nevertheless comes too late: the next one starts anew.
    entry.wanted = false;
    entries.remove(entry.linkIndex);
    shut(entry);
    listener.ifPresent(hears -> hears.portFailed(entry.linkIndex, reason));
  }

  private void drain(Entry entry, LinkPort port) {
    listener.ifPresent(
        hears ->
            port.drain(
                (frame, length) ->
                    hears.received(entry.linkIndex, frame, ETHERNET_HEADER_BYTES, length),
                FRAMES_AT_ONCE));
  }

  /** The descriptor of each open port by the index of its link. */
  Map<Integer, Integer> descriptors() {
    Map<Integer, Integer> descriptors = new HashMap<>();
    entries.forEach(
        (index, entry) -> entry.port.ifPresent(port -> descriptors.put(index, port.fd())));
    return descriptors;
  }

  @Override
  public void close(int linkIndex) {
    Entry entry = entries.remove(linkIndex);
    if (entry != null) {
      entry.wanted = false;
      shut(entry);
    }
  }

  /** What takes the kernel its time is left to the background. */
  private void shut(Entry entry) {
    entry.port.ifPresent(
        port -> {
          loop.forget(port.fd());
          port.closeIn(background);
        });
    entry.port = Optional.empty();
    List<GroupMembership> left = List.copyOf(entry.memberships);
    entry.memberships.clear();
    background.execute(() -> left.forEach(GroupMembership::close));
  }

  /** Closes all. */
  void closeAll() {
    Set.copyOf(entries.keySet()).forEach(this::close);
  }

  @Override
  public boolean send(int linkIndex, byte[] frame) {
    Entry entry = entries.get(linkIndex);
    return entry != null && entry.port.isPresent() && entry.port.get().send(frame, frame.length);
  }
}
