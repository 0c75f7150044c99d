package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.vrrp.LinkPorts;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Endpoint;

/** A machine's network links: one to each segment, with the frames that wait to be read. */
final class SimulatedLinks implements DatagramSender, LinkPorts {

  /** As much as the kernel keeps for a process that does not read. */
  private static final int QUEUED_FRAMES = 64;

  /** More than come while the process waits for the CPU, and fewer than come while it is paused. */
  private static final int FRAMES_AT_ONCE = 8;

  private static final long OPEN_NANOS = 2_000_000L;

  private static final class Link {
    private int index;
    private boolean exists = true;
    private boolean running = true;
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
  private final byte[] packet = new byte[2048];
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
        tellAddress(segment);
      }
    }
    node.kernel().describe();
    node.routers().links().resynchronised();
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
    node.routers()
        .links()
        .addressAdded(
            new LinkAddress(
                links[segment].index,
                ScenarioDice.nodeAddress(segment, node.index()),
                24,
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty()));
  }

  /** Whether it is the machine's own address, which is there as long as its link is. */
  boolean isOwn(LinkAddress address) {
    for (int segment = 0; segment < links.length; segment++) {
      if (ScenarioDice.nodeAddress(segment, node.index()).equals(address.local())) {
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
    link.index = nextIndex++;
    node.kernel()
        .tellOfLink(
            () -> {
              tellLink(segment);
              tellAddress(segment);
            });
    node.surroundingsChanged(segment);
  }

  // ---- frames ----

  void arrived(Arrival arrival) {
    Link link = links[arrival.segment()];
    if (isUsable(arrival.segment()) && link.portOpen && queue.size() < QUEUED_FRAMES) {
      queue.add(arrival);
      node.wakeSoon();
    }
  }

  boolean hasQueued() {
    return !queue.isEmpty();
  }

  /** Hands some of what is queued to the process. */
  void read() {
    int most = node.sabotage() == Sabotage.SHORT_SIGHTED ? 1 : FRAMES_AT_ONCE;
    for (int read = 0; read < most && !queue.isEmpty(); read++) {
      Arrival arrival = queue.remove();
      node.hears(arrival);
      byte[] frame = arrival.frame();
      node.routers().received(links[arrival.segment()].index, frame, Arrival.IP_AT, frame.length);
      node.heardAll();
    }
  }

  @Override
  public boolean send(Endpoint endpoint, byte[] payload, int length) {
    int size = endpoint.wrap(payload, length, packet);
    byte[] frame = java.util.Arrays.copyOf(packet, size);
    int linkIndex = endpoint.linkIndex();
    int priority = Arrival.priority(frame);
    if (node.sabotage() == Sabotage.NEVER_RESIGNS && priority == 0) {
      return true;
    }
    if (node.sabotage() == Sabotage.SLUGGISH) {
      skipNext = !skipNext;
      if (skipNext && priority != 0) {
        return true;
      }
    }
    boolean taken = false;
    for (int segment = 0; segment < links.length; segment++) {
      if (links[segment].index == linkIndex && isUsable(segment)) {
        node.cable(segment).send(node.index(), frame, frame.length);
        taken = true;
      }
    }
    node.sent(Arrival.router(frame), priority, taken);
    return taken;
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
    return java.util.Arrays.asList(links).indexOf(link);
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
