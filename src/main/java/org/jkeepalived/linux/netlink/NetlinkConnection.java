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

  private static final int SEND_BYTES = 32 * 1024;
  private static final int RECEIVE_BYTES = 32 * 1024;
  private static final int RECEIVE_QUEUE_BYTES = 1024 * 1024;
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

  public NetlinkConnection(NetlinkTransport transport) {
    this.transport = transport;
    writer = new MessageWriter(transport.buffer(SEND_BYTES));
    answer = transport.buffer(RECEIVE_BYTES);
  }

  public static NetlinkConnection open() throws SystemCallException {
    return new NetlinkConnection(NetlinkSocket.open(RECEIVE_QUEUE_BYTES, TIMEOUT_MILLIS));
  }

  /** The same for another kind of messages than routing, NETLINK_*. */
  public static NetlinkConnection open(int protocol) throws SystemCallException {
    return new NetlinkConnection(NetlinkSocket.open(protocol, RECEIVE_QUEUE_BYTES, TIMEOUT_MILLIS));
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
   * succeeded. It saves reading an answer to each.
   */
  public List<Acknowledgement> executeTogether(int count, RequestWriter requests) {
    return execute(count, requests, true);
  }

  private List<Acknowledgement> execute(int count, RequestWriter requests, boolean together) {
    Acknowledgement[] answers = new Acknowledgement[count];
    int done = 0;
    while (done < answers.length) {
      done = executeDatagram(requests, answers, done, together);
    }
    return Arrays.asList(answers);
  }

  // A lost acknowledgement leaves in doubt whether the request was carried out: it is sent again,
  // and then answered by "exists" or "is not there", which whoever asked can live with. Where only
  // the last one was to be acknowledged all are in doubt that were not refused.
  private int executeDatagram(
      RequestWriter requests, Acknowledgement[] answers, int first, boolean together) {
    int end = Math.min(answers.length, first + REQUESTS_PER_DATAGRAM);
    int errno = 0;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int base = sequence + 1;
      boolean lastOnly = together && attempt == 1;
      writer.clear();
      int next = first;
      int outstanding = 0;
      while (next < end && writer.remaining() >= LARGEST_REQUEST_BYTES) {
        if (answers[next] == null) {
          requests.write(writer, next, lastOnly ? 0 : Netlink.NLM_F_ACK, base + next - first);
          outstanding++;
        }
        next++;
      }
      end = next;
      sequence = base + end - first - 1;
      if (lastOnly) {
        writer.addFlags(Netlink.NLM_F_ACK);
      }
      int sent = transport.send(writer.datagram());
      int expected = lastOnly ? 1 : outstanding;
      errno = sent < 0 ? -sent : readAcknowledgements(answers, base, first, end, expected);
      if (errno == 0) {
        for (int i = first; i < end; i++) {
          answers[i] = answers[i] == null ? Acknowledgement.SUCCESS : answers[i];
        }
        return end;
      }
      if (errno != Errno.ENOBUFS) {
        break;
      }
    }
    for (int i = first; i < end; i++) {
      if (answers[i] == null) {
        answers[i] = new Acknowledgement(errno, Optional.empty());
      }
    }
    return end;
  }

  // one is expected: that of the last request, after those of the requests that were refused
  private int readAcknowledgements(
      Acknowledgement[] answers, int base, int first, int end, int expected) {
    int missing = expected;
    while (missing > 0) {
      int received = transport.receive(answer);
      if (received < 0) {
        return received == -Errno.EAGAIN ? Errno.ETIMEDOUT : -received;
      }
      MessageReader message = new MessageReader(answer);
      while (message.next()) {
        int index = first + message.sequence() - base;
        boolean ours = index >= first && index < end && answers[index] == null;
        if (ours && message.type() == Netlink.NLMSG_ERROR) {
          answers[index] = Acknowledgement.decode(message);
          missing -= expected > 1 || index == end - 1 ? 1 : 0;
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
