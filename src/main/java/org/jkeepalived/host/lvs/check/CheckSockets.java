package org.jkeepalived.host.lvs.check;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.loop.Owners;
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
final class CheckSockets implements Network, AutoCloseable {

  private final CheckLoop loop;
  private final Executor home;

  /** As long as the longest datagram that there is, and more. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final TlsSockets tls;

  /** The checks' thread's. */
  private final NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES);

  /**
   * @param owners makes the thread of TLS
   * @param home where answers are told, as a step of it
   */
  CheckSockets(Owners owners, CheckLoop loop, Executor home, TlsFiles tlsFiles) {
    this.loop = loop;
    this.home = home;
    tls = new TlsSockets(owners, loop, tlsFiles);
  }

  void use(TlsFiles files) {
    loop.execute(() -> tls.use(files));
  }

  /** Gets ready for TLS, before anything that is asked for after this. */
  void warmUpTls() {
    loop.execute(tls::warmUp);
  }

  /** Ends the thread of TLS; end that of the checks before. */
  @Override
  public void close() {
    tls.close();
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
    TlsSockets.Fetch fetch = tls.new Fetch(question, answer(done));
    soon(fetch::begin);
    return () -> soon(fetch::cancel);
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
    soon(flight::begin);
    return () -> soon(flight::cancel);
  }

  /** At once, where the caller lives on the checks' thread. */
  private void soon(Runnable step) {
    if (loop.isCurrent()) {
      step.run();
    } else {
      loop.execute(step);
    }
  }
}
