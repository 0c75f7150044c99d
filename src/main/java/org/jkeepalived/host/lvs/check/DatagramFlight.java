package org.jkeepalived.host.lvs.check;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Datagrams.Ending;
import org.jkeepalived.lvs.check.Datagrams.Ending.Kind;
import org.jkeepalived.lvs.check.Datagrams.KernelError;
import org.jkeepalived.lvs.check.Datagrams.Question;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * One datagram of a check, from its sending to its answer. Lives on the checks' thread. Whatever
 * comes back, there is one answer, and none later than the time-out.
 */
final class DatagramFlight implements EpollIoHandle {

  /** The others have their turn before more than that is read. */
  private static final int MOST_AT_ONCE = 16;

  private static final Set<Integer> OWN_LACKS =
      Set.of(Errno.ENOMEM, Errno.ENFILE, Errno.EMFILE, Errno.ENOBUFS);

  private final CheckLoop loop;
  private final Question question;
  private final NativeMemory buffer;
  private final Consumer<Ending> done;
  private boolean answered;
  private Optional<PeerSocket> socket = Optional.empty();
  private Optional<IoRegistration> registration = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();

  /**
   * @param buffer the thread's, for what is sent and received
   */
  DatagramFlight(CheckLoop loop, Question question, NativeMemory buffer, Consumer<Ending> done) {
    this.loop = loop;
    this.question = question;
    this.buffer = buffer;
    this.done = done;
  }

  void begin() {
    if (answered) {
      return;
    }
    if (!loop.sockets().take()) {
      answer(
          new Ending(
              Kind.NOT_ASKED, "too many checks at once for the limit of open files (ulimit -n)"));
      return;
    }
    try {
      open();
    } catch (SystemCallException e) {
      failed(e.error().errno(), e.getMessage());
    } finally {
      if (socket.isEmpty()) {
        loop.sockets().giveBack();
      }
    }
  }

  private void open() throws SystemCallException {
    CheckConnection connection = question.connection();
    boolean echo = question.kind() == Datagrams.Kind.ECHO;
    PeerSocket opened =
        PeerSocket.open(
            echo ? PeerSocket.Kind.ECHO : PeerSocket.Kind.UDP,
            connection.target().family(),
            buffer);
    socket = Optional.of(opened);
    if (connection.mark() != 0) {
      opened.mark(connection.mark());
    }
    if (connection.link().isPresent()) {
      opened.bindTo(connection.link().get());
    }
    if (CheckSocket.source(connection).isPresent()) {
      opened.bind(CheckSocket.sourceAddress(connection), echo ? 0 : connection.sourcePort());
    }
    int error =
        opened.connect(connection.target().address(), echo ? 0 : connection.target().port());
    if (error != 0) {
      failed(error, Libc.errorText(error));
      return;
    }
    timer =
        Optional.of(
            loop.netty().schedule(this::timeIsUp, connection.timeoutNanos(), TimeUnit.NANOSECONDS));
    loop.watch(this)
        .addListener(
            outcome -> {
              if (outcome.isSuccess()) {
                send(opened, (IoRegistration) outcome.getNow());
              } else {
                failed(0, CheckSocket.reason(outcome.cause()));
              }
            });
  }

  private void send(PeerSocket opened, IoRegistration registered) {
    registration = Optional.of(registered);
    if (answered) {
      close();
      return;
    }
    registered.submit(EpollIoOps.EPOLLIN);
    int error = opened.send(question.payload());
    if (error != 0) {
      failed(error, Libc.errorText(error));
    }
  }

  @Override
  public FileDescriptor fd() {
    return new FileDescriptor(socket.orElseThrow().fd());
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    read();
  }

  private void read() {
    for (int i = 0; i < MOST_AT_ONCE && !answered; i++) {
      PeerSocket.Arrival arrival = socket.orElseThrow().receive(question.mostBytes());
      if (arrival.error().isPresent()) {
        int error = arrival.error().getAsInt();
        if (error != Errno.EAGAIN) {
          failed(error, Libc.errorText(error));
        }
        return;
      }
      if (question.isAnswer().test(arrival.begin())) {
        answer(new Ending(Kind.ANSWERED, "", arrival.begin(), arrival.length()));
        close();
      }
    }
  }

  /**
   * What has come in time counts, however late this thread is.
   *
   * <p>A host that is not there shows in two ways: the kernel gives up its search for it after
   * three seconds and tells so, and until then it holds back what was sent. keepalived takes a
   * shorter silence for a host that is there.
   */
  private void timeIsUp() {
    read();
    if (answered) {
      return;
    }
    boolean heldBack = socket.orElseThrow().isHeldBack();
    boolean speaksAgainstIt = heldBack && question.kind() == Datagrams.Kind.UDP;
    answer(
        new Ending(
            speaksAgainstIt ? Kind.FAILED : Kind.SILENT,
            heldBack
                ? "no answer to the search for its link-layer address"
                : "no answer within " + seconds()));
    close();
  }

  private String seconds() {
    return BigDecimal.valueOf(question.connection().timeoutNanos(), 9)
            .stripTrailingZeros()
            .toPlainString()
        + " s";
  }

  private void failed(int error, String reason) {
    Kind kind = OWN_LACKS.contains(error) ? Kind.NOT_ASKED : Kind.FAILED;
    String sentence = CheckSocket.sentence(reason);
    answer(
        error == 0
            ? new Ending(kind, sentence)
            : new Ending(kind, sentence, new KernelError(error, Libc.errorText(error))));
    close();
  }

  void cancel() {
    answered = true;
    timer.ifPresent(one -> one.cancel(false));
    close();
  }

  private void answer(Ending ending) {
    if (!answered) {
      answered = true;
      timer.ifPresent(one -> one.cancel(false));
      done.accept(ending);
    }
  }

  /** Also called by Netty, when its loop ends. */
  @Override
  public void close() {
    registration.ifPresent(IoRegistration::cancel);
    registration = Optional.empty();
    if (socket.isPresent()) {
      socket.get().close();
      loop.sockets().giveBack();
    }
    socket = Optional.empty();
  }
}
