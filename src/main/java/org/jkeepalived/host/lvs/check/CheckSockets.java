package org.jkeepalived.host.lvs.check;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.WebFetcher;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.TlsFiles;

/**
 * Connections of checks: opened on the checks' thread, never before the method that asks has
 * returned, and answered there or elsewhere. Who asks may live on any thread.
 */
final class CheckSockets implements Network {

  private final CheckLoop loop;
  private final Executor home;

  /** As long as the longest datagram that there is, and more. */
  private static final int BUFFER_BYTES = 1 << 16;

  /** The checks' thread's. */
  private TlsClient tls;

  /** The checks' thread's. */
  private final NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES);

  /**
   * @param home where answers are told, as a step of it
   */
  CheckSockets(CheckLoop loop, Executor home, TlsFiles tlsFiles) {
    this.loop = loop;
    this.home = home;
    tls = new TlsClient(tlsFiles);
  }

  void use(TlsFiles files) {
    loop.execute(() -> tls = new TlsClient(files));
  }

  /** Has the thread get ready for TLS, before anything that is asked for after this. */
  void warmUpTls() {
    loop.execute(() -> tls.warmUp());
  }

  @Override
  public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
    return begin(new ConnectingFlight(loop, connection, buffer, answer(done)));
  }

  @Override
  public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
    if (question.tls().isEmpty()) {
      return begin(new FetchingFlight(loop, question, buffer, answer(done)));
    }
    TlsFlight flight = new TlsFlight(loop, question, question.tls().get(), () -> tls, answer(done));
    loop.execute(flight::begin);
    return () -> loop.execute(flight::cancel);
  }

  @Override
  public Asking converse(
      CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
    return begin(new TalkingFlight(loop, connection, talk, buffer, answer(done)));
  }

  @Override
  public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
    return begin(new DatagramFlight(loop, question, buffer, answer(done)));
  }

  private <A> Consumer<A> answer(Consumer<A> done) {
    return answer -> home.execute(() -> done.accept(answer));
  }

  private Asking begin(SocketFlight<?> flight) {
    if (loop.isCurrent()) {
      flight.begin();
    } else {
      loop.execute(flight::begin);
    }
    return () -> loop.execute(flight::cancel);
  }
}
