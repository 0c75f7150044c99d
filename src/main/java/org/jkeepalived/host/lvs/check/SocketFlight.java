package org.jkeepalived.host.lvs.check;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a check asks by a socket of its own, from its opening to its answer. Lives on the checks'
 * thread. Whatever comes back, there is one answer, and none later than the time-out.
 *
 * @param <A> what is answered
 */
abstract class SocketFlight<A> {

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

  private Optional<PeerSocket> socket = Optional.empty();

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
  abstract Readiness awaited();

  /** It is watched: from now on {@link #ready} is called. */
  void opened() {
    // there is nothing to do before something happens
  }

  /**
   * What was waited for has come, or an error.
   *
   * @param told as {@link Readiness#isReadable} takes it
   */
  abstract void ready(int told);

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
    try {
      open();
    } catch (SystemCallException e) {
      if (e.error().errno() == Errno.EPERM) {
        // this process lacks a right, which says nothing of the server
        answer(notAsked(Errno.EPERM, ConnectionWords.sentence(e.getMessage())));
        close();
      } else {
        failed(e.error().errno(), e.getMessage());
      }
    }
  }

  private void open() throws SystemCallException {
    boolean echo = kind() == PeerSocket.Kind.ECHO;
    PeerSocket opened = counted();
    socket = Optional.of(opened);
    if (connection.mark() != 0) {
      opened.mark(connection.mark());
    }
    if (connection.link().isPresent()) {
      opened.bindTo(connection.link().get());
    }
    if (connection.source().isPresent() || connection.sourcePort() != 0) {
      opened.bind(ConnectionWords.sourceAddress(connection), echo ? 0 : connection.sourcePort());
    }
    int error =
        opened.connect(connection.target().address(), echo ? 0 : connection.target().port());
    if (error == Errno.EADDRNOTAVAIL) {
      answer(notAsked(error, ConnectionWords.NO_PORT));
      close();
      return;
    }
    if (error != 0 && error != Errno.EINPROGRESS) {
      failed(error, Libc.errorText(error));
      return;
    }
    armTimer(connection.timeoutNanos());
    loop.watch(opened, awaited(), told -> guarded(() -> ready(told)));
    opened();
  }

  /** Opens a socket that counts among those that may be open. */
  private PeerSocket counted() throws SystemCallException {
    boolean opened = false;
    try {
      PeerSocket made = PeerSocket.open(kind(), connection.target().family(), buffer);
      opened = true;
      return made;
    } finally {
      if (!opened) {
        loop.sockets().giveBack();
      }
    }
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

  final String noAnswer() {
    return ConnectionWords.noAnswer(connection);
  }

  final void failed(int error, String reason) {
    String sentence = ConnectionWords.sentence(reason);
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

  final void close() {
    timer.discard();
    socket.ifPresent(loop::close);
    socket = Optional.empty();
  }

  /** Says the end with a FIN; nothing that comes after that is of interest. It is answered. */
  final void part() {
    timer.discard();
    socket.ifPresent(loop.parting()::add);
    socket = Optional.empty();
  }
}
