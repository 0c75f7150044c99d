package org.jkeepalived.host.lvs.check;

import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Datagrams.Ending;
import org.jkeepalived.lvs.check.Datagrams.Ending.Kind;
import org.jkeepalived.lvs.check.Datagrams.KernelError;
import org.jkeepalived.lvs.check.Datagrams.Question;

/** One datagram of a check, from its sending to its answer. */
final class DatagramFlight extends SocketFlight<Ending> {

  /** The others have their turn before more than that is read. */
  private static final int MOST_AT_ONCE = 16;

  private final Question question;

  DatagramFlight(CheckLoop loop, Question question, NativeMemory buffer, Consumer<Ending> done) {
    super(loop, question.connection(), buffer, done);
    this.question = question;
  }

  @Override
  PeerSocket.Kind kind() {
    return question.kind() == Datagrams.Kind.ECHO ? PeerSocket.Kind.ECHO : PeerSocket.Kind.UDP;
  }

  @Override
  Readiness awaited() {
    return Readiness.READABLE;
  }

  @Override
  void opened() {
    int error = socket().send(question.payload());
    if (error != 0) {
      failed(error, Libc.errorText(error));
    }
  }

  @Override
  void ready(int told) {
    read();
  }

  private void read() {
    for (int i = 0; i < MOST_AT_ONCE && !isAnswered(); i++) {
      PeerSocket.Arrival arrival = socket().receive(question.mostBytes());
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
  @Override
  void timeIsUp() {
    read();
    if (isAnswered()) {
      return;
    }
    boolean heldBack = socket().isHeldBack();
    boolean speaksAgainstIt = heldBack && question.kind() == Datagrams.Kind.UDP;
    answer(
        new Ending(
            speaksAgainstIt ? Kind.FAILED : Kind.SILENT,
            heldBack ? "no answer to the search for its link-layer address" : noAnswer()));
    close();
  }

  @Override
  Ending failure(int error, String reason) {
    return ending(Kind.FAILED, error, reason);
  }

  @Override
  Ending notAsked(int error, String reason) {
    return ending(Kind.NOT_ASKED, error, reason);
  }

  private static Ending ending(Kind kind, int error, String reason) {
    return error == 0
        ? new Ending(kind, reason)
        : new Ending(kind, reason, new KernelError(error, Libc.errorText(error)));
  }
}
