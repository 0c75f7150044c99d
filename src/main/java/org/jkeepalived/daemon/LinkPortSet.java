package org.jkeepalived.daemon;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.track.LinkState;
import org.jkeepalived.vrrp.FrameSender;
import org.jkeepalived.vrrp.LinkPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open ports by link. Lives on the VRRP thread; opening, which may take its time, happens in
 * the background.
 */
final class LinkPortSet implements LinkPorts, FrameSender {

  private static final Logger LOG = LoggerFactory.getLogger("org.jkeepalived.vrrp.LinkPorts");
  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final int FRAMES_AT_ONCE = 256;

  /** Who hears of frames and of ports. */
  interface Listener {
    void received(int linkIndex, byte[] frame, int ipAt, int end);

    void portOpened(int linkIndex);

    void portFailed(int linkIndex, String reason);
  }

  /** A link's port, or the intention to have one. */
  private static final class Entry {
    private final int linkIndex;
    private final Set<InetAddress> groups = new HashSet<>();
    private final List<GroupMembership> memberships = new ArrayList<>();
    private Optional<LinkPort> port = Optional.empty();
    private boolean wanted = true;

    Entry(int linkIndex) {
      this.linkIndex = linkIndex;
    }
  }

  private final VrrpLoop loop;
  private final Executor background;
  private final int ringBytes;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private Optional<Listener> listener = Optional.empty();

  LinkPortSet(VrrpLoop loop, Executor background, int ringBytes) {
    this.loop = loop;
    this.background = background;
    this.ringBytes = ringBytes;
  }

  void listener(Listener hears) {
    listener = Optional.of(hears);
  }

  @Override
  public void open(LinkState link, Set<InetAddress> groups) {
    Entry known = entries.get(link.index());
    if (known == null) {
      Entry entry = new Entry(link.index());
      entries.put(link.index(), entry);
      entry.groups.addAll(groups);
      Set<InetAddress> first = Set.copyOf(groups);
      background.execute(() -> openInBackground(entry, link.name(), first));
    } else if (known.port.isPresent()) {
      Set<InetAddress> further = new HashSet<>(groups);
      further.removeAll(known.groups);
      known.groups.addAll(further);
      if (!further.isEmpty()) {
        background.execute(() -> joinInBackground(known, further));
      }
    }
  }

  private void openInBackground(Entry entry, String name, Set<InetAddress> groups) {
    try {
      LinkPort port = LinkPort.open(name, LinkPort.ADVERTISEMENTS, ringBytes);
      List<GroupMembership> memberships = join(entry.linkIndex, groups);
      loop.execute(() -> opened(entry, port, memberships));
    } catch (SystemCallException e) {
      loop.execute(() -> failed(entry, e.error().toString()));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: cannot be opened", name, e);
      loop.execute(() -> failed(entry, "open " + name + ": " + e));
    }
  }

  private static List<GroupMembership> join(int linkIndex, Set<InetAddress> groups)
      throws SystemCallException {
    List<GroupMembership> memberships = new ArrayList<>();
    for (InetAddress group : groups) {
      memberships.add(GroupMembership.join(linkIndex, group));
    }
    return memberships;
  }

  private void joinInBackground(Entry entry, Set<InetAddress> groups) {
    try {
      List<GroupMembership> memberships = join(entry.linkIndex, groups);
      loop.execute(() -> entry.memberships.addAll(memberships));
    } catch (SystemCallException e) {
      LOG.warn("{}", e.error());
    }
  }

  private void opened(Entry entry, LinkPort port, List<GroupMembership> memberships) {
    entry.port = Optional.of(port);
    entry.memberships.addAll(memberships);
    if (!entry.wanted) {
      shut(entry);
      return;
    }
    try {
      loop.poller().add(port.fd(), () -> drain(entry, port));
      listener.ifPresent(hears -> hears.portOpened(entry.linkIndex));
    } catch (SystemCallException e) {
      failed(entry, e.error().toString());
    }
  }

  private void failed(Entry entry, String reason) {
    if (entry.wanted) {
      shut(entry);
      entries.remove(entry.linkIndex);
      listener.ifPresent(hears -> hears.portFailed(entry.linkIndex, reason));
    }
  }

  private void drain(Entry entry, LinkPort port) {
    listener.ifPresent(
        hears ->
            port.drain(
                (frame, length) ->
                    hears.received(entry.linkIndex, frame, ETHERNET_HEADER_BYTES, length),
                FRAMES_AT_ONCE));
  }

  @Override
  public void close(int linkIndex) {
    Entry entry = entries.remove(linkIndex);
    if (entry != null) {
      entry.wanted = false;
      if (entry.port.isPresent()) {
        loop.poller().remove(entry.port.get().fd());
        shut(entry);
      }
    }
  }

  private void shut(Entry entry) {
    entry.port.ifPresent(LinkPort::close);
    entry.port = Optional.empty();
    entry.memberships.forEach(GroupMembership::close);
    entry.memberships.clear();
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
