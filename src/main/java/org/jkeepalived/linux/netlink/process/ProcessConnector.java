package org.jkeepalived.linux.netlink.process;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Namespaces;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.NetlinkSocket;
import org.jkeepalived.track.ProcessEvents;

/**
 * Hears from the kernel of every process that begins, ends, or becomes another one
 * (NETLINK_CONNECTOR, Documentation/driver-api/connector.rst). One thread at a time.
 *
 * <p>The kernel has it in the machine's first network namespace only: from another one the calling
 * thread goes there to open the socket, and comes back. keepalived 2.2.7 does not, and tracks no
 * process in a namespace.
 */
public final class ProcessConnector implements AutoCloseable {
  private static final int NETLINK_CONNECTOR = 11;
  private static final int GROUP_PROCESSES = 1;

  private static final int DATAGRAM_BYTES = 8 * 1024;

  /** Not memory until it fills: a report takes about 800 bytes of it. */
  private static final int FIRST_QUEUE_BYTES = 4 * 1024 * 1024;

  private static final int MOST_QUEUE_BYTES = 64 * 1024 * 1024;
  private static final long MOST_ASKED_BYTES = 1L << 30;

  private final NetlinkSocket socket;
  private final ByteBuffer datagram;
  private int queueBytes;
  private long losses;
  private Optional<Integer> acknowledged = Optional.empty();

  private ProcessConnector(NetlinkSocket socket, int queueBytes) {
    this.socket = socket;
    this.queueBytes = queueBytes;
    datagram = socket.buffer(DATAGRAM_BYTES);
  }

  /**
   * Subscribes. Whether the kernel agrees is said by {@link #acknowledgement} after a while.
   *
   * @throws SystemCallException there is no such thing here, or not for us
   */
  public static ProcessConnector open() throws SystemCallException {
    if (!Namespaces.processesAreTheMachines()) {
      // where somebody else listens reports come here too, with numbers that mean nothing here
      throw new SystemCallException(
          new SystemError("listen to process events", 0, "this is a process namespace of its own"));
    }
    try {
      return openHere(FIRST_QUEUE_BYTES);
    } catch (SystemCallException refused) {
      if (refused.error().errno() != Errno.ECONNREFUSED) {
        throw refused;
      }
      for (Path namespace : Namespaces.others()) {
        Optional<ProcessConnector> opened = openIn(namespace);
        if (opened.isPresent()) {
          return opened.get();
        }
      }
      throw refused;
    }
  }

  private static Optional<ProcessConnector> openIn(Path namespace) {
    List<ProcessConnector> opened = new ArrayList<>();
    try {
      Namespaces.visit(namespace, () -> opened.add(openHere(FIRST_QUEUE_BYTES)));
      return Optional.of(opened.get(0));
    } catch (SystemCallException refused) {
      opened.forEach(ProcessConnector::close);
      return Optional.empty();
    }
  }

  static ProcessConnector openHere(int queueBytes) throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(NETLINK_CONNECTOR, queueBytes, 0);
    try {
      ProcessFilter.attach(socket.fd());
      socket.join(GROUP_PROCESSES);
      ProcessConnector connector = new ProcessConnector(socket, queueBytes);
      SystemCallException.check("listen to process events", connector.request(true));
      return connector;
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  private int request(boolean listen) {
    MessageWriter writer = new MessageWriter(datagram).clear();
    ProcessMessages.request(writer, listen);
    return socket.send(writer.datagram());
  }

  /** For {@link org.jkeepalived.linux.Poller#add}, with {@link #drain} as the callback. */
  public int fd() {
    return socket.fd();
  }

  /**
   * What the kernel answered to the subscription: an error, or none. Empty as long as it has not;
   * it never does in a process namespace that is not the machine's first one.
   */
  public Optional<List<SystemError>> acknowledgement() {
    return acknowledged.map(
        errno ->
            errno == 0 ? List.of() : List.of(SystemError.of("listen to process events", errno)));
  }

  /**
   * Makes room for so much that was not read yet, if there is less: {@code
   * process_monitor_rcv_bufs}.
   *
   * <p>COMPAT: keepalived takes less than this class does by itself, and so loses reports.
   *
   * @param bytes at least 0; more than 1 GiB counts as that
   */
  public void makeRoom(long bytes) {
    if (bytes > queueBytes) {
      queueBytes = (int) Math.min(bytes, MOST_ASKED_BYTES);
      socket.makeRoom(queueBytes);
    }
  }

  /** How often reports were lost. After that all processes must be looked at. */
  public long losses() {
    return losses;
  }

  /** How much may wait to be read, in bytes; each loss doubles it, up to a limit. */
  public int queueBytes() {
    return queueBytes;
  }

  /**
   * Tells what has been reported. Does not wait.
   *
   * @param most how many reports to read at most
   * @return how many were read; if it is {@code most} there may be more
   */
  public int drain(int most, ProcessEvents events, long nowNanos) {
    for (int read = 0; read < most; read++) {
      int received = socket.receive(datagram);
      if (received == -Errno.ENOBUFS || received > datagram.limit()) {
        losses++;
        makeRoom(Math.min(2L * queueBytes, MOST_QUEUE_BYTES));
      } else if (received < 0) {
        return read;
      } else {
        int answer = ProcessMessages.tell(datagram, events, nowNanos);
        if (answer >= 0) {
          acknowledged = Optional.of(answer);
        }
      }
    }
    return most;
  }

  @Override
  public void close() {
    // without it the kernel goes on making reports, for nobody
    request(false);
    socket.close();
  }
}
