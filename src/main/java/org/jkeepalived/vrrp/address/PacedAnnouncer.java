package org.jkeepalived.vrrp.address;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * Sends gratuitous ARPs, and IPv6's neighbour advertisements, a few a turn, so that ten thousand of
 * them keep no advertisement waiting, and no faster on a link than its interval allows. Every
 * address is announced once before any is announced again.
 */
public final class PacedAnnouncer implements Announcer {

  /**
   * About as many as there are takeovers in a turn of the loop, or announcements would wait until
   * all have taken over; they take some milliseconds.
   */
  private static final int FRAMES_PER_TURN = 256;

  /** Where links are looked up by name. */
  @FunctionalInterface
  public interface LinkNames {
    Optional<LinkState> named(String name);
  }

  /** What is announced; as long as it waits it is wanted once, however often it is asked for. */
  private record Wish(Object owner, VirtualAddress address) {
    // a record's own are made at run time when they are first used: 20 ms of the daemon's start
    @Override
    public boolean equals(Object other) {
      return other instanceof Wish wish && owner.equals(wish.owner) && address.equals(wish.address);
    }

    @Override
    public int hashCode() {
      return 31 * owner.hashCode() + address.hashCode();
    }
  }

  /** One address, to be announced that many times more. */
  private static final class Item {
    private final Wish wish;
    private long intervalNanos;
    private long generation;
    private int left;

    Item(Wish wish) {
      this.wish = wish;
    }
  }

  /** The announcements of one link. */
  private final class Lane {
    private final Queue<Item> items = new ArrayDeque<>();
    private final Map<Wish, Item> byWish = new HashMap<>();
    private final TimerQueue.Timer pause = timers.timer((deadline, now) -> goOn());

    /** Whether it is among {@link #ready}. */
    private boolean ready;

    /** Whether the way to the link is only being opened. */
    private boolean opening;

    void announce(Wish wish, long generation, int repeat, long intervalNanos) {
      Item item = byWish.get(wish);
      if (item == null) {
        item = new Item(wish);
        byWish.put(wish, item);
        items.add(item);
      }
      item.generation = generation;
      item.intervalNanos = intervalNanos;
      item.left = repeat;
      goOn();
    }

    /** The next one leaves; {@link #again} takes it back. */
    Item take() {
      Item item = items.remove();
      byWish.remove(item.wish);
      return item;
    }

    void again(Item item) {
      byWish.put(item.wish, item);
      items.add(item);
    }

    private void goOn() {
      if (!ready && !opening && !pause.isArmed() && !items.isEmpty()) {
        ready = true;
        PacedAnnouncer.this.ready.add(this);
      }
    }
  }

  private final Consumer<String> detail;
  private final AnnouncementSender sender;
  private final LinkNames links;
  private final TimerQueue timers;
  private final NanoClock clock;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /** Those of IPv6, whose interval is another one. */
  private final Map<String, Lane> lanes6 = new LinkedHashMap<>();

  /**
   * The links that may send now, each of them one frame at a time: none waits for another's all.
   */
  private final Queue<Lane> ready = new ArrayDeque<>();

  private final Map<Object, Long> generations = new IdentityHashMap<>();
  private long nextGeneration;

  /**
   * @param detail takes the lines that keepalived logs only with {@code -D}
   */
  public PacedAnnouncer(
      AnnouncementSender sender,
      LinkNames links,
      TimerQueue timers,
      NanoClock clock,
      Consumer<String> detail) {
    this.detail = detail;
    this.sender = sender;
    this.links = links;
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public void announce(
      Object owner, String name, List<VirtualAddress> addresses, int repeat, Announcements plan) {
    // A new set replaces what is left of the one before: more would be noise.
    long generation = nextGeneration++;
    generations.put(owner, generation);
    for (VirtualAddress address : addresses) {
      boolean ipv4 = AddressFamily.of(address.address()) == AddressFamily.IPV4;
      detail.accept(
          "("
              + name
              + ") Sending/queueing "
              + (ipv4 ? "gratuitous ARPs" : "Unsolicited Neighbour Adverts")
              + " on "
              + address.device()
              + " for "
              + NumericAddress.of(address.address()));
      (ipv4 ? lanes : lanes6)
          .computeIfAbsent(address.device(), device -> new Lane())
          .announce(
              new Wish(owner, address),
              generation,
              repeat,
              ipv4 ? plan.intervalNanos() : plan.neighbourIntervalNanos());
    }
  }

  @Override
  public void cancel(Object owner) {
    generations.remove(owner);
  }

  /** The way to some link is open now, or will not be: what waited for one need not wait more. */
  public void goOn() {
    lanes.values().forEach(PacedAnnouncer::goOn);
    lanes6.values().forEach(PacedAnnouncer::goOn);
  }

  private static void goOn(Lane lane) {
    lane.opening = false;
    lane.goOn();
  }

  /** How many addresses wait to be announced. */
  int waiting() {
    return Stream.concat(lanes.values().stream(), lanes6.values().stream())
        .mapToInt(lane -> lane.items.size())
        .sum();
  }

  /** Sends a few; says whether there are more that need not wait. */
  public boolean step() {
    int budget = FRAMES_PER_TURN;
    while (budget > 0 && !ready.isEmpty()) {
      Lane lane = ready.remove();
      lane.ready = false;
      if (sendNext(lane)) {
        budget--;
      }
      lane.goOn();
    }
    return !ready.isEmpty();
  }

  private boolean sendNext(Lane lane) {
    Item item = lane.items.peek();
    Optional<LinkState> link = links.named(item.wish.address.device());
    if (link.isPresent() && sender.isOpening(link.get())) {
      lane.opening = true;
      return false;
    }
    lane.take();
    Long current = generations.get(item.wish.owner);
    if (current == null || current != item.generation) {
      return false;
    }
    if (link.isEmpty() || !link.get().isEthernet()) {
      // an address may be on any link, a tunnel say: nobody there asks for hardware addresses
      return false;
    }
    detail.accept(
        (AddressFamily.of(item.wish.address.address()) == AddressFamily.IPV4
                ? "Sending gratuitous ARP on "
                : "Sending unsolicited Neighbour Advert on ")
            + item.wish.address.device()
            + " for "
            + NumericAddress.of(item.wish.address.address()));
    sender.announce(link.get(), item.wish.address.address());
    item.left--;
    if (item.left > 0) {
      lane.again(item);
    }
    if (item.intervalNanos > 0) {
      lane.pause.arm(clock.nowNanos() + item.intervalNanos);
    }
    return true;
  }
}
