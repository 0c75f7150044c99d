package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.NetlinkSocket;
import org.jkeepalived.linux.netlink.NetlinkTransport;
import org.jkeepalived.model.ReceiveBuffer;

/**
 * Hears of every change of links and addresses and writes it down in {@link Links}: of IPv4
 * addresses, and of IPv6 ones if it is {@linkplain #listenToIpv6 asked to}.
 *
 * <p>The owner's thread reads the notifications, which never blocks. Reading everything anew, when
 * notifications were lost, may block (the kernel takes its routing lock for it) and is done on
 * another thread; notifications are written down as they come meanwhile, and once more applied to
 * what was read, because they may be newer than it. What differs then is all that is told.
 */
public final class RouteMonitor implements AutoCloseable {
  private static final int RTNLGRP_LINK = 1;
  private static final int RTNLGRP_IPV4_IFADDR = 5;
  private static final int RTNLGRP_IPV6_IFADDR = 9;
  private static final int RTNLGRP_IPV6_NETCONF = 25;

  /** Not memory until it fills: 10,000 addresses that come at once need about 13 MB. */
  private static final int RECEIVE_QUEUE_BYTES = 32 * 1024 * 1024;

  private static final int DATAGRAM_BYTES = 32 * 1024;
  private static final int MOST_KEPT_CHANGES = 100_000;

  private static final int IFLA_EXT_MASK = 29;
  private static final int RTEXT_FILTER_SKIP_STATS = 8;

  private final int fd;
  private final NetlinkTransport notifications;
  private final NetlinkConnection tables;
  private final Executor background;
  private final Executor owner;
  private final Links links;
  private final ByteBuffer datagram;

  // while everything is read anew: what was heard since that began
  private final List<RouteChange> meanwhile = new ArrayList<>();
  private boolean ipv6;
  private boolean lost;
  private boolean reading;
  private boolean lostMeanwhile;
  private boolean closed;
  private long losses;
  private Optional<SystemError> problem = Optional.empty();
  private Runnable whenRefused = () -> {};

  /** What reading everything brought. */
  private record Reading(List<RouteChange> entries, Optional<SystemError> error) {
    static final Reading FAILED =
        new Reading(
            List.of(),
            Optional.of(new SystemError("read links and addresses", 0, "internal error")));
  }

  RouteMonitor(
      int fd,
      NetlinkTransport notifications,
      NetlinkConnection tables,
      Executor background,
      Executor owner,
      Links links) {
    this.fd = fd;
    this.notifications = notifications;
    this.tables = tables;
    this.background = background;
    this.owner = owner;
    this.links = links;
    this.datagram = notifications.buffer(DATAGRAM_BYTES);
  }

  /**
   * Subscribes. Nothing is told before {@link #start}.
   *
   * @param background runs what may block
   * @param owner runs on the owner's thread what it is given from another one
   * @param links touched on the owner's thread only
   */
  public static RouteMonitor open(Executor background, Executor owner, Links links)
      throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(RECEIVE_QUEUE_BYTES, 0);
    try {
      socket.join(RTNLGRP_LINK);
      socket.join(RTNLGRP_IPV4_IFADDR);
      NetlinkConnection tables = NetlinkConnection.open();
      return new RouteMonitor(socket.fd(), socket, tables, background, owner, links);
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sets how much may wait to be read.
   *
   * @param told of what the kernel tells by itself
   * @param asked of what it answers
   */
  public void makeRoom(ReceiveBuffer told, ReceiveBuffer asked) {
    notifications.makeRoom(told.atLeast(RECEIVE_QUEUE_BYTES));
    tables.makeRoom(asked.atLeast(NetlinkConnection.RECEIVE_QUEUE_BYTES));
  }

  /**
   * From now on hears of IPv6 addresses, too, and of the links that forward IPv6. What there is
   * already is told by {@link #start}, or else by {@link #resynchronise}.
   *
   * @return whether that is new
   */
  public boolean listenToIpv6() throws SystemCallException {
    if (ipv6) {
      return false;
    }
    notifications.join(RTNLGRP_IPV6_IFADDR);
    notifications.join(RTNLGRP_IPV6_NETCONF);
    ipv6 = true;
    return true;
  }

  /** Reads everything on the calling thread, and tells it. */
  public void start() throws SystemCallException {
    reading = true;
    finish(read());
    if (problem.isPresent()) {
      throw new SystemCallException(problem.get());
    }
  }

  /** For {@link org.jkeepalived.linux.Poller#add}, with {@link #drain} as the callback. */
  public int fd() {
    return fd;
  }

  /** How often notifications were lost. */
  public long losses() {
    return losses;
  }

  /** Has {@code step} run on the owner's thread whenever there is a {@link #problem}. */
  public void whenRefused(Runnable step) {
    whenRefused = step;
  }

  /** Why the last {@link #resynchronise} did not succeed; call it again after a while. */
  public Optional<SystemError> problem() {
    return problem;
  }

  /**
   * Reads what has been notified, and tells it. Does not wait.
   *
   * @param most how many datagrams to read at most
   * @return how many were read; if it is {@code most} there may be more
   */
  public int drain(int most) {
    int read = 0;
    while (read < most && !closed) {
      int received = notifications.receive(datagram);
      if (received == -Errno.EAGAIN) {
        makeUpForLosses();
        return read;
      }
      read++;
      if (received == -Errno.ENOBUFS || received > datagram.limit()) {
        losses++;
        lost = true;
      } else if (received < 0) {
        problem = Optional.of(SystemError.of("read netlink notifications", -received));
        whenRefused.run();
        return read;
      } else {
        apply();
      }
    }
    return read;
  }

  /**
   * Not before all that was kept is read: the kernel says once that it has no room, and then drops
   * notifications in silence until its queue is empty. What is read anew earlier may lack them.
   */
  private void makeUpForLosses() {
    if (lost) {
      lost = false;
      resynchronise();
    }
  }

  private void apply() {
    for (MessageReader message = new MessageReader(datagram); message.next(); ) {
      Optional<RouteChange> change = RouteChange.decode(message);
      if (change.isPresent()) {
        if (reading) {
          keep(change.get());
        }
        change.get().tell(links);
      }
    }
  }

  private void keep(RouteChange change) {
    if (meanwhile.size() >= MOST_KEPT_CHANGES) {
      lostMeanwhile = true;
      meanwhile.clear();
    }
    meanwhile.add(change);
  }

  /** Reads everything anew, on the background thread, and then tells what differs. */
  public void resynchronise() {
    if (reading) {
      lostMeanwhile = true;
      return;
    }
    reading = true;
    background.execute(this::readInBackground);
  }

  /** Whatever is thrown: without an answer nothing would ever be read anew again. */
  private void readInBackground() {
    Reading result = Reading.FAILED;
    try {
      result = read();
    } finally {
      Reading told = result;
      owner.execute(() -> finish(told));
    }
  }

  private Reading read() {
    int family = ipv6 ? RouteMessages.AF_UNSPEC : RouteMessages.AF_INET;
    try {
      List<RouteChange> entries =
          new ArrayList<>(
              tables.dump(
                  "read links",
                  RouteMessages.RTM_GETLINK,
                  writer ->
                      writer
                          .u32(RouteMessages.AF_UNSPEC)
                          .u32(0)
                          .u32(0)
                          .u32(0)
                          .attributeU32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS),
                  RouteChange::decode));
      entries.addAll(
          tables.dump(
              "read addresses",
              RouteMessages.RTM_GETADDR,
              writer -> writer.u8(family).u8(0).u8(0).u8(0).u32(0),
              RouteChange::decode));
      if (ipv6) {
        entries.addAll(readForwarding());
      }
      return new Reading(entries, Optional.empty());
    } catch (SystemCallException e) {
      return new Reading(List.of(), Optional.of(e.error()));
    }
  }

  private List<RouteChange> readForwarding() throws SystemCallException {
    return tables.dump(
        "read IPv6 settings",
        RouteMessages.RTM_GETNETCONF,
        writer -> writer.u8(RouteMessages.AF_INET6).u8(0).u8(0).u8(0),
        RouteChange::decode);
  }

  private void finish(Reading result) {
    if (closed) {
      tables.close();
      return;
    }
    // What was notified before the reading ended lies in the queue, and may be older than the
    // reading. Applied after it, one by one, it would tell of states that are over.
    if (result.error().isEmpty()) {
      drain(Integer.MAX_VALUE);
    }
    reading = false;
    boolean again = lostMeanwhile;
    lostMeanwhile = false;
    problem = result.error();
    if (problem.isEmpty() && !again) {
      Links present = new Links();
      result.entries().forEach(entry -> entry.tell(present));
      meanwhile.forEach(change -> change.tell(present));
      links.become(present);
    }
    meanwhile.clear();
    if (again) {
      resynchronise();
    } else if (problem.isPresent()) {
      whenRefused.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    notifications.close();
    if (!reading) {
      tables.close();
    }
  }
}
