package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;

/**
 * Asks the kernel and waits for its answers: owns sequence numbers, multipart answers,
 * acknowledgements, lost and interrupted answers. One thread at a time.
 *
 * <p>It may block as long as somebody else holds the kernel's routing lock: not for the {@code
 * vrrp} thread.
 */
public final class NetlinkConnection implements AutoCloseable {

  /** How long an answer may take. */
  static final int TIMEOUT_MILLIS = 5_000;

  /**
   * How many requests go out before their acknowledgements are read. Each of these costs about 768
   * bytes of the receive buffer, and all must fit where the buffer could not be made larger.
   */
  static final int REQUESTS_PER_DATAGRAM = 256;

  /**
   * How many datagrams are written before the first of them is sent, at most 2 MiB of them: writing
   * takes longer than the kernel does, and the table is half of one only while it is at work.
   */
  private static final int DATAGRAMS_AHEAD = 64;

  private static final int SEND_BYTES = 32 * 1024;
  private static final int RECEIVE_BYTES = 32 * 1024;

  /** How much of the kernel's answers may wait to be read, where nothing else is asked for. */
  public static final int RECEIVE_QUEUE_BYTES = 1024 * 1024;

  private static final int LARGEST_REQUEST_BYTES = 512;
  private static final int ATTEMPTS = 5;

  private final NetlinkTransport transport;
  private final MessageWriter writer;
  private final ByteBuffer answer;
  private int sequence;

  /** Writes requests. */
  public interface RequestWriter {
    /**
     * Writes one, begin and end included, with NLM_F_REQUEST.
     *
     * @param index which one
     * @param flags to set beside the request's own
     */
    void write(MessageWriter writer, int index, int flags, int sequence);
  }

  /**
   * Requests as they are sent.
   *
   * @param first the index of the first one
   * @param end the index after the last one
   * @param base the sequence number of the first one
   * @param expected how many acknowledgements end the answer
   */
  private record RequestDatagram(byte[] bytes, int first, int end, int base, int expected) {

    /** The request that a sequence number belongs to; negative if none. */
    int index(int sequence) {
      int index = first + sequence - base;
      return index >= first && index < end ? index : -1;
    }
  }

  /** Writes messages that the kernel carries out all or none of. */
  public interface BatchWriter {
    /**
     * Writes all of them, with what opens and closes them.
     *
     * @param first the sequence number of the first; each has one more than the one before it
     * @return the sequence number of the last that bears NLM_F_ACK: nothing is answered after it
     */
    int write(MessageWriter writer, int first);
  }

  public NetlinkConnection(NetlinkTransport transport) {
    this(transport, SEND_BYTES);
  }

  /**
   * @param sendBytes what the messages that are sent together may take
   */
  public NetlinkConnection(NetlinkTransport transport, int sendBytes) {
    this.transport = transport;
    writer = new MessageWriter(transport.buffer(sendBytes));
    answer = transport.buffer(RECEIVE_BYTES);
  }

  public static NetlinkConnection open() throws SystemCallException {
    return new NetlinkConnection(NetlinkSocket.open(RECEIVE_QUEUE_BYTES, TIMEOUT_MILLIS));
  }

  /**
   * The same for another kind of messages than routing.
   *
   * @param protocol NETLINK_*
   * @param receiveQueueBytes how much of the kernel's answers may wait to be read
   */
  public static NetlinkConnection open(int protocol, int receiveQueueBytes)
      throws SystemCallException {
    return open(protocol, receiveQueueBytes, SEND_BYTES);
  }

  /**
   * The same, with more room for messages that are sent together.
   *
   * @param sendBytes of that room
   */
  public static NetlinkConnection open(int protocol, int receiveQueueBytes, int sendBytes)
      throws SystemCallException {
    return new NetlinkConnection(
        NetlinkSocket.open(protocol, receiveQueueBytes, TIMEOUT_MILLIS), sendBytes);
  }

  /** Sets how much of the kernel's answers may wait to be read. */
  public void makeRoom(int bytes) {
    transport.makeRoom(bytes);
  }

  /**
   * Asks for one thing.
   *
   * @param operation for the error's text
   * @param decoder what to make of the answer; empty for what is not it
   * @return the answer; empty where the kernel agreed, and told nothing
   * @throws SystemCallException the kernel refused, or did not answer
   */
  public <T> Optional<T> ask(
      String operation,
      int type,
      Consumer<MessageWriter> content,
      Function<MessageReader, Optional<T>> decoder)
      throws SystemCallException {
    sequence++;
    writer.clear().begin(type, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, sequence);
    content.accept(writer);
    writer.end();
    SystemCallException.check(operation, transport.send(writer.datagram()));
    Optional<T> told = Optional.empty();
    while (true) {
      receive(operation);
      MessageReader message = new MessageReader(answer);
      while (message.next()) {
        if (message.sequence() != sequence) {
          continue;
        }
        if (message.type() == Netlink.NLMSG_ERROR) {
          Optional<SystemError> error = Acknowledgement.decode(message).error(operation);
          if (error.isPresent()) {
            throw new SystemCallException(error.get());
          }
          return told;
        }
        told = told.or(() -> decoder.apply(message));
      }
      requireWhole(operation, message);
    }
  }

  /**
   * Has messages carried out all together or not at all; they must fit into a datagram.
   *
   * @param operation for the error's text
   * @return the first error, if nothing was carried out
   * @throws SystemCallException the kernel did not answer: nobody knows what was carried out
   */
  public Optional<SystemError> transact(String operation, BatchWriter batch)
      throws SystemCallException {
    int first = sequence + 1;
    writer.clear();
    int last = batch.write(writer, first);
    // what closes them has a number, too
    sequence = last + 1;
    SystemCallException.check(operation, transport.send(writer.datagram()));
    Optional<SystemError> error = Optional.empty();
    while (true) {
      receive(operation);
      MessageReader message = new MessageReader(answer);
      while (message.next()) {
        int number = message.sequence();
        if (message.type() != Netlink.NLMSG_ERROR || number < first || number > last) {
          continue;
        }
        Acknowledgement answered = Acknowledgement.decode(message);
        error = error.or(() -> answered.error(operation));
        // what opens them is answered only where all of them are refused
        if (number == last || number == first && answered.errno() != 0) {
          return error;
        }
      }
      requireWhole(operation, message);
    }
  }

  /**
   * Reads a whole table. If the table changed while it was read, it is read again.
   *
   * @param operation for the error's text
   * @param type RTM_GET*
   * @param header writes the request's fixed header
   * @param decoder what to make of each message; empty for those to leave out
   */
  public <T> List<T> dump(
      String operation,
      int type,
      Consumer<MessageWriter> header,
      Function<MessageReader, Optional<T>> decoder)
      throws SystemCallException {
    List<T> entries = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      entries.clear();
      sequence++;
      writer.clear().begin(type, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence);
      header.accept(writer);
      writer.end();
      SystemCallException.check(operation, transport.send(writer.datagram()));
      Optional<SystemError> error = readDump(operation, decoder, entries);
      if (error.isEmpty()) {
        return entries;
      }
      boolean again = error.get().errno() == Errno.EINTR || error.get().errno() == Errno.EBUSY;
      if (!again || attempt == ATTEMPTS) {
        throw new SystemCallException(error.get());
      }
    }
  }

  private <T> Optional<SystemError> readDump(
      String operation, Function<MessageReader, Optional<T>> decoder, List<T> entries)
      throws SystemCallException {
    boolean interrupted = false;
    while (true) {
      receive(operation);
      MessageReader message = new MessageReader(answer);
      while (message.next()) {
        if (message.sequence() != sequence) {
          continue;
        }
        interrupted |= (message.flags() & Netlink.NLM_F_DUMP_INTR) != 0;
        if (message.type() == Netlink.NLMSG_DONE || message.type() == Netlink.NLMSG_ERROR) {
          Acknowledgement end = Acknowledgement.decode(message);
          return interrupted && end.errno() == 0
              ? Optional.of(new SystemError(operation, Errno.EINTR, "changes all the time"))
              : end.error(operation);
        }
        decoder.apply(message).ifPresent(entries::add);
      }
      requireWhole(operation, message);
    }
  }

  private static void requireWhole(String operation, MessageReader message)
      throws SystemCallException {
    if (message.error().isPresent()) {
      throw new SystemCallException(
          new SystemError(operation, 0, "the kernel's answer has " + message.error().get()));
    }
  }

  /**
   * Carries out requests, hundreds in a datagram, and waits for all their acknowledgements. One
   * that fails does not keep the others from being tried.
   *
   * @param count how many
   * @return for each request, in their order, the kernel's answer
   */
  public List<Acknowledgement> execute(int count, RequestWriter requests) {
    return execute(count, requests, false);
  }

  /**
   * The same, but of a datagram only the last request is acknowledged: the kernel answers in the
   * order of the requests, and those that it refuses in any case, so that the others have
   * succeeded. It saves reading an answer to each. And the requests are written before the first of
   * them is sent: what belongs together is done in as short a time as the kernel needs.
   */
  public List<Acknowledgement> executeTogether(int count, RequestWriter requests) {
    return execute(count, requests, true);
  }

  private List<Acknowledgement> execute(int count, RequestWriter requests, boolean together) {
    Acknowledgement[] answers = new Acknowledgement[count];
    int most = together ? DATAGRAMS_AHEAD : 1;
    int done = 0;
    while (done < count) {
      List<RequestDatagram> ahead = new ArrayList<>();
      while (done < count && ahead.size() < most) {
        RequestDatagram next = written(requests, answers, done, count, together);
        ahead.add(next);
        done = next.end();
      }
      for (RequestDatagram datagram : ahead) {
        carryOut(datagram, requests, answers);
      }
    }
    return Arrays.asList(answers);
  }

  /** Writes requests that are not answered yet, as many as a datagram holds. */
  private RequestDatagram written(
      RequestWriter requests,
      Acknowledgement[] answers,
      int first,
      int limit,
      boolean lastAcknowledged) {
    int last = Math.min(limit, first + REQUESTS_PER_DATAGRAM);
    int base = sequence + 1;
    writer.clear();
    int next = first;
    int written = 0;
    while (next < last && writer.remaining() >= LARGEST_REQUEST_BYTES) {
      if (answers[next] == null) {
        int flags = lastAcknowledged ? 0 : Netlink.NLM_F_ACK;
        requests.write(writer, next, flags, base + next - first);
        written++;
      }
      next++;
    }
    sequence = base + next - first - 1;
    if (lastAcknowledged) {
      writer.addFlags(Netlink.NLM_F_ACK);
    }
    return new RequestDatagram(writer.all(), first, next, base, lastAcknowledged ? 1 : written);
  }

  // A lost acknowledgement leaves in doubt whether the request was carried out: it is sent again,
  // and then answered by "exists" or "is not there", which whoever asked can live with. Where only
  // the last one was to be acknowledged all are in doubt that were not refused.
  private void carryOut(
      RequestDatagram datagram, RequestWriter requests, Acknowledgement[] answers) {
    RequestDatagram current = datagram;
    int errno = transmit(current, answers);
    for (int attempt = 2; attempt <= ATTEMPTS && errno == Errno.ENOBUFS; attempt++) {
      current = written(requests, answers, current.first(), current.end(), false);
      errno = transmit(current, answers);
    }
    Acknowledgement rest =
        errno == 0 ? Acknowledgement.SUCCESS : new Acknowledgement(errno, Optional.empty());
    for (int i = current.first(); i < current.end(); i++) {
      answers[i] = answers[i] == null ? rest : answers[i];
    }
  }

  private int transmit(RequestDatagram datagram, Acknowledgement[] answers) {
    writer.clear().append(datagram.bytes());
    int sent = transport.send(writer.datagram());
    return sent < 0 ? -sent : readAcknowledgements(answers, datagram);
  }

  // one is expected: that of the last request, after those of the requests that were refused
  private int readAcknowledgements(Acknowledgement[] answers, RequestDatagram datagram) {
    int missing = datagram.expected();
    while (missing > 0) {
      int received = transport.receive(answer);
      if (received < 0) {
        return received == -Errno.EAGAIN ? Errno.ETIMEDOUT : -received;
      }
      MessageReader message = new MessageReader(answer);
      while (message.next()) {
        int index = datagram.index(message.sequence());
        boolean ours = index >= 0 && answers[index] == null;
        if (ours && message.type() == Netlink.NLMSG_ERROR) {
          answers[index] = Acknowledgement.decode(message);
          missing -= datagram.expected() > 1 || index == datagram.end() - 1 ? 1 : 0;
        }
      }
    }
    return 0;
  }

  private void receive(String operation) throws SystemCallException {
    int received = transport.receive(answer);
    if (received == -Errno.EAGAIN) {
      throw new SystemCallException(
          new SystemError(operation, Errno.ETIMEDOUT, "the kernel did not answer"));
    }
    SystemCallException.check(operation, received);
    if (received > answer.limit()) {
      throw new SystemCallException(
          new SystemError(operation, Errno.EMSGSIZE, "an answer of " + received + " bytes"));
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
