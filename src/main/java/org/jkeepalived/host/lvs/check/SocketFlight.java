package org.jkeepalived.host.lvs.check;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a check asks by a socket of its own, past Netty's channels: from its opening to its answer.
 * Lives on the checks' thread. Whatever comes back, there is one answer, and none later than the
 * time-out.
 *
 * @param <A> what is answered
 */
abstract class SocketFlight<A> implements EpollIoHandle {

  private static final Logger LOG = LoggerFactory.getLogger(SocketFlight.class);

  private static final Set<Integer> OWN_LACKS =
      Set.of(Errno.ENOMEM, Errno.ENFILE, Errno.EMFILE, Errno.ENOBUFS);

  private final CheckLoop loop;
  private final CheckConnection connection;
  private final NativeMemory buffer;
  private final Consumer<A> done;
  private final TimerQueue.Timer timer;
  private boolean answered;

  /** Whoever asks has not been answered to yet: what is known already is told a step later. */
  private boolean beginning;

  /** It counts among the sockets that may be open. */
  private boolean counted;

  private Optional<PeerSocket> socket = Optional.empty();
  private Optional<IoRegistration> registration = Optional.empty();

  /**
   * @param buffer the thread's, for what is sent and received
   */
  SocketFlight(CheckLoop loop, CheckConnection connection, NativeMemory buffer, Consumer<A> done) {
    this.loop = loop;
    this.connection = connection;
    this.buffer = buffer;
    this.done = done;
    timer = loop.timers().timer((due, now) -> timeIsUp());
  }

  abstract PeerSocket.Kind kind();

  /** What is waited for first. */
  abstract EpollIoOps awaited();

  /** It is registered: from now on {@link #ready} is called. */
  void opened() {
    // there is nothing to do before something happens
  }

  /** What was waited for has come, or an error. */
  abstract void ready(EpollIoOps what);

  /** The time is up, or the time after the answer that {@link #armTimer} gave. */
  abstract void timeIsUp();

  /**
   * It failed.
   *
   * @param error the kernel's number; 0 where it is not the kernel's
   * @param reason why, in a line
   */
  abstract A failure(int error, String reason);

  /** This machine lacks what it takes. */
  abstract A notAsked(int error, String reason);

  final void begin() {
    beginning = true;
    try {
      take();
    } finally {
      beginning = false;
    }
  }

  private void take() {
    if (answered) {
      return;
    }
    if (!loop.sockets().take()) {
      answer(notAsked(0, SocketBudget.EXHAUSTED));
      return;
    }
    counted = true;
    try {
      open();
    } catch (SystemCallException e) {
      if (e.error().errno() == Errno.EPERM) {
        // this process lacks a right, which says nothing of the server
        answer(notAsked(Errno.EPERM, CheckSocket.sentence(e.getMessage())));
        close();
      } else {
        failed(e.error().errno(), e.getMessage());
      }
    } finally {
      if (socket.isEmpty()) {
        giveBack();
      }
    }
  }

  private void open() throws SystemCallException {
    boolean echo = kind() == PeerSocket.Kind.ECHO;
    PeerSocket opened = PeerSocket.open(kind(), connection.target().family(), buffer);
    socket = Optional.of(opened);
    if (connection.mark() != 0) {
      opened.mark(connection.mark());
    }
    if (connection.link().isPresent()) {
      opened.bindTo(connection.link().get());
    }
    if (connection.source().isPresent() || connection.sourcePort() != 0) {
      opened.bind(CheckSocket.sourceAddress(connection), echo ? 0 : connection.sourcePort());
    }
    int error =
        opened.connect(connection.target().address(), echo ? 0 : connection.target().port());
    if (error == Errno.EADDRNOTAVAIL) {
      answer(notAsked(error, CheckSocket.NO_PORT));
      close();
      return;
    }
    if (error != 0 && error != Errno.EINPROGRESS) {
      failed(error, Libc.errorText(error));
      return;
    }
    armTimer(connection.timeoutNanos());
    loop.watch(this)
        .addListener(
            outcome -> {
              if (outcome.isSuccess()) {
                watched((IoRegistration) outcome.getNow());
              } else {
                failed(0, CheckSocket.reason(outcome.cause()));
              }
            });
  }

  private void watched(IoRegistration registration) {
    this.registration = Optional.of(registration);
    if (answered) {
      close();
      return;
    }
    registration.submit(awaited());
    opened();
  }

  /** Has the thread go on with something once the others have had their turn. */
  final void goOnLater(Runnable step) {
    loop.execute(() -> guarded(step));
  }

  /** Whatever goes wrong with one check is its own failure. */
  private void guarded(Runnable step) {
    try {
      if (socket.isPresent()) {
        step.run();
      }
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("internal error in a check, please report it", bug);
      failed(0, "internal error: " + bug);
    }
  }

  final boolean isOpen() {
    return socket.isPresent();
  }

  final void armTimer(long nanos) {
    timer.arm(loop.nowNanos() + nanos);
  }

  final long timeoutNanos() {
    return connection.timeoutNanos();
  }

  final PeerSocket socket() {
    return socket.orElseThrow();
  }

  final boolean isAnswered() {
    return answered;
  }

  @Override
  public final FileDescriptor fd() {
    return new FileDescriptor(socket().fd());
  }

  /** Netty would rest for a second after an exception, and so would all other checks. */
  @Override
  public final void handle(IoRegistration registered, IoEvent event) {
    guarded(() -> ready(((EpollIoEvent) event).ops()));
  }

  final String noAnswer() {
    return CheckSocket.noAnswer(connection);
  }

  final void failed(int error, String reason) {
    String sentence = CheckSocket.sentence(reason);
    answer(OWN_LACKS.contains(error) ? notAsked(error, sentence) : failure(error, sentence));
    close();
  }

  final void cancel() {
    answered = true;
    close();
  }

  final void answer(A what) {
    if (!answered) {
      answered = true;
      timer.disarm();
      if (beginning) {
        loop.execute(() -> done.accept(what));
      } else {
        done.accept(what);
      }
    }
  }

  /** Also called by Netty, when its loop ends. */
  @Override
  public final void close() {
    timer.discard();
    registration.ifPresent(IoRegistration::cancel);
    registration = Optional.empty();
    socket.ifPresent(PeerSocket::close);
    socket = Optional.empty();
    giveBack();
  }

  private void giveBack() {
    if (counted) {
      counted = false;
      loop.sockets().giveBack();
    }
  }
}
