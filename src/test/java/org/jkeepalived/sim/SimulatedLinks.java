package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.vrrp.LinkPorts;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Endpoint;

/** A machine's network links: one to each segment, with the frames that wait to be read. */
final class SimulatedLinks implements DatagramSender, LinkPorts {

  /** As much as the kernel keeps for a process that does not read. */
  private static final int QUEUED_FRAMES = 64;

  /** More than come while the process waits for the CPU, and fewer than come while it is paused. */
  private static final int FRAMES_AT_ONCE = 16;

  private static final long OPEN_NANOS = 2_000_000L;
  private static final List<AddressFamily> FAMILIES = List.of(AddressFamily.values());

  private static final class Link {
    private int index;
    private boolean exists = true;
    private boolean running = true;

    /** Whether the machine has its own address there. */
    private boolean addressed = true;

    /** What it knows of other machines with its IPv6 address. */
    private DuplicateCheck check = DuplicateCheck.PASSED;

    private boolean portAsked;
    private boolean portOpen;
    private long portNumber;

    void closePort() {
      portAsked = false;
      portOpen = false;
    }
  }

  private final SimulatedNode node;
  private final Link[] links;
  private final Queue<Arrival> queue = new ArrayDeque<>();
  private final byte[] room = new byte[2048];
  private int nextIndex = 2;
  private boolean skipNext;

  SimulatedLinks(SimulatedNode node, int segments) {
    this.node = node;
    links = new Link[segments];
    for (int segment = 0; segment < segments; segment++) {
      links[segment] = new Link();
      links[segment].index = nextIndex++;
    }
  }

  /** Whether frames can flow. */
  boolean isUsable(int segment) {
    return links[segment].exists && links[segment].running;
  }

  /** Whether the machine has its own address of a family at a segment, and may use it. */
  boolean hasAddress(AddressFamily family, int segment) {
    Link link = links[segment];
    boolean usable = family == AddressFamily.IPV4 || link.check == DuplicateCheck.PASSED;
    return link.exists && link.addressed && usable;
  }

  /** A new process: no port is open, and nothing is queued. */
  void processIsNew() {
    queue.clear();
    for (Link link : links) {
      link.closePort();
    }
  }

  /** Tells a new process what is there. */
  void describe() {
    for (int segment = 0; segment < links.length; segment++) {
      if (links[segment].exists) {
        tellLink(segment);
        if (links[segment].addressed) {
          tellAddress(segment);
        }
      }
    }
    node.kernel().describe();
    node.routers().links().resynchronised();
  }

  /** The number of a link, which it has or had last. */
  int index(String device) {
    return links[ScenarioDice.segment(device)].index;
  }

  /** Whether a link has that number now. */
  boolean exists(int linkIndex) {
    for (Link link : links) {
      if (link.exists && link.index == linkIndex) {
        return true;
      }
    }
    return false;
  }

  private void tellLink(int segment) {
    Link link = links[segment];
    node.routers().links().linkChanged(state(segment, link));
  }

  private LinkState state(int segment, Link link) {
    return new LinkState(
        link.index,
        ScenarioDice.device(segment),
        new byte[] {2, 0, 0, 0, (byte) segment, (byte) node.index()},
        link.running ? TestLinks.UP : TestLinks.NO_CARRIER,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private void tellAddress(int segment) {
    FAMILIES.forEach(family -> node.routers().links().addressAdded(address(family, segment)));
  }

  private void tellAddress(LinkAddress address, boolean present) {
    if (present) {
      node.routers().links().addressAdded(address);
    } else {
      node.routers().links().addressRemoved(address);
    }
  }

  private LinkAddress address(AddressFamily family, int segment) {
    return new LinkAddress(
        links[segment].index,
        ScenarioDice.nodeAddress(family, segment, node.index()),
        24,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        family == AddressFamily.IPV4 || node.sabotage() == Sabotage.BLIND_TO_DUPLICATES
            ? DuplicateCheck.PASSED
            : links[segment].check);
  }

  /** Whether it is one of the machine's own addresses. */
  boolean isOwn(LinkAddress address) {
    for (int segment = 0; segment < links.length; segment++) {
      InetAddress own =
          ScenarioDice.nodeAddress(AddressFamily.of(address.local()), segment, node.index());
      if (own.equals(address.local())) {
        return true;
      }
    }
    return false;
  }

  // ---- faults ----

  /** Pulls the plug, or puts it back. */
  void carrier(int segment, boolean running) {
    Link link = links[segment];
    if (!link.exists || link.running == running) {
      return;
    }
    link.running = running;
    LinkState told = state(segment, link);
    if (running || !isBlind()) {
      node.kernel().tellOfLink(() -> node.routers().links().linkChanged(told));
    }
    node.surroundingsChanged(segment);
  }

  private boolean isBlind() {
    return node.sabotage() == Sabotage.BLIND_TO_LINKS
        || node.sabotage() == Sabotage.BLIND_TO_ADDRESS_LINKS;
  }

  /** The operator deletes the interface. */
  void delete(int segment) {
    Link link = links[segment];
    if (!link.exists) {
      return;
    }
    link.exists = false;
    link.closePort();
    node.kernel().linkDeleted(link.index);
    LinkState told = state(segment, link);
    if (!isBlind()) {
      node.kernel().tellOfLink(() -> node.routers().links().linkRemoved(told));
    }
    node.surroundingsChanged(segment);
  }

  /** The interface is made again; it has another index now. */
  void create(int segment) {
    Link link = links[segment];
    if (link.exists) {
      return;
    }
    link.exists = true;
    link.running = true;
    link.addressed = true;
    link.check = DuplicateCheck.PASSED;
    link.index = nextIndex++;
    node.kernel()
        .tellOfLink(
            () -> {
              tellLink(segment);
              tellAddress(segment);
            });
    node.surroundingsChanged(segment);
  }

  /** The operator removes the machine's own address, or puts it back. */
  void addressed(int segment, boolean addressed) {
    Link link = links[segment];
    if (!link.exists || link.addressed == addressed) {
      return;
    }
    link.addressed = addressed;
    for (AddressFamily family : FAMILIES) {
      LinkAddress told = address(family, segment);
      if (addressed || node.sabotage() != Sabotage.BLIND_TO_ITS_SOURCE) {
        node.kernel().tellOfLink(() -> tellAddress(told, addressed));
      }
    }
    node.surroundingsChanged(segment);
  }

  /** The kernel has asked the neighbours for the machine's own IPv6 address, or still does. */
  void checked(int segment, DuplicateCheck check) {
    Link link = links[segment];
    if (link.check == check) {
      return;
    }
    link.check = check;
    if (link.exists && link.addressed) {
      LinkAddress told = address(AddressFamily.IPV6, segment);
      node.kernel().tellOfLink(() -> tellAddress(told, true));
      node.surroundingsChanged(segment);
    }
  }

  // ---- packets ----

  void arrived(Arrival arrival) {
    if (isOpen(arrival) && queue.size() < QUEUED_FRAMES) {
      queue.add(arrival);
      node.wakeSoon();
    }
  }

  /** A group is heard through the link's port, a peer by whoever has the address, without one. */
  private boolean isOpen(Arrival arrival) {
    Arrival.Packet packet = arrival.packet();
    boolean forUs =
        packet.isToPeer()
            ? hasAddress(packet.family(), ScenarioDice.segmentAt(packet.destination()))
            : links[arrival.segment()].portOpen;
    return isUsable(arrival.segment()) && forUs;
  }

  boolean hasQueued() {
    return !queue.isEmpty();
  }

  /** Hands some of what is queued to the process. */
  void read() {
    int most = node.sabotage() == Sabotage.SHORT_SIGHTED ? 1 : FRAMES_AT_ONCE;
    for (int read = 0; read < most && !queue.isEmpty(); read++) {
      Arrival arrival = queue.remove();
      node.observations().hears(arrival);
      Arrival.Packet packet = arrival.packet();
      if (node.sabotage() == Sabotage.DEAF_TO_IPV6 && packet.family() == AddressFamily.IPV6) {
        node.observations().heardAll();
        continue;
      }
      int length = packet.bytes().length;
      int link = links[arrival.segment()].index;
      node.routers().received(link, packet.bytes(), packet.ipAt(), length);
      node.observations().heardAll();
    }
  }

  @Override
  public boolean send(Endpoint endpoint, byte[] payload, int length) {
    byte[] sent = Arrays.copyOf(room, endpoint.wrap(payload, length, room));
    Arrival.Packet packet =
        !endpoint.isGroup()
            ? Arrival.Packet.toPeer(sent).forwarded(hops(sent))
            : Arrival.Packet.toGroup(sent);
    if (isSwallowed(packet)) {
      return true;
    }
    boolean taken = false;
    for (int segment = 0; segment < links.length; segment++) {
      if (links[segment].index == endpoint.linkIndex() && isUsable(segment)) {
        node.cable(segment).send(node.index(), packet);
        taken = true;
      }
    }
    node.observations().sent(packet, taken);
    return taken;
  }

  /** How many routers are on the way of what goes to a peer. */
  private int hops(byte[] packet) {
    int router = Arrival.Packet.toPeer(packet).router();
    return node.world().scenario().routers().get(router).hops();
  }

  /** By sabotage. */
  private boolean isSwallowed(Arrival.Packet packet) {
    if (node.sabotage() == Sabotage.SLUGGISH) {
      skipNext = !skipNext;
    }
    return switch (node.sabotage()) {
      case NEVER_RESIGNS -> packet.priority() == 0;
      case SLUGGISH -> skipNext && packet.priority() != 0;
      case TELLS_ONE_PEER -> packet.isToPeer() && !node.observations().isFirstOfOne(packet);
      default -> false;
    };
  }

  @Override
  public void open(LinkState wanted, Demand demand) {
    for (Link link : links) {
      if (link.index == wanted.index() && link.exists && !link.portAsked) {
        link.portAsked = true;
        long number = ++link.portNumber;
        node.commandAfter(
            OPEN_NANOS,
            () -> {
              if (number == link.portNumber && link.portAsked) {
                link.portOpen = true;
                node.surroundingsChanged(segmentOf(link));
                node.routers().portOpened(link.index);
              }
            });
      }
    }
  }

  private int segmentOf(Link link) {
    return Arrays.asList(links).indexOf(link);
  }

  @Override
  public void close(int linkIndex) {
    for (Link link : links) {
      if (link.index == linkIndex) {
        link.closePort();
      }
    }
  }
}
