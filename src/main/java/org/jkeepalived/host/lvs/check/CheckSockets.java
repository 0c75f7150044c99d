package org.jkeepalived.host.lvs.check;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.WebFetcher;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.TlsFiles;

/** Connections of checks: opened on the checks' thread, answered on that of those who ask. */
final class CheckSockets implements Network, AutoCloseable {

  private final CheckLoop loop;
  private final Executor home;

  /** The longest datagram that there is, and more. */
  private static final int DATAGRAM_BYTES = 1 << 16;

  /** The checks' thread's. */
  private TlsClient tls;

  /** The checks' thread's. */
  private final NativeMemory buffer = NativeMemory.allocate(DATAGRAM_BYTES);

  /**
   * @param home the thread that asks, and that answers come on
   * @throws SystemCallException the kernel gives no descriptor for the checks' thread
   */
  CheckSockets(Owners owners, Executor home, TlsFiles tlsFiles) throws SystemCallException {
    this.home = home;
    tls = new TlsClient(tlsFiles);
    loop = new CheckLoop(owners);
  }

  void use(TlsFiles files) {
    loop.execute(() -> tls = new TlsClient(files));
  }

  /** Has the checks' thread do something of its own. */
  void onItsThread(Runnable step) {
    loop.execute(step);
  }

  @Override
  public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
    return begin(new ConnectingFlight(loop, connection, answer(done)));
  }

  @Override
  public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
    return begin(new FetchingFlight(loop, question, () -> tls, answer(done)));
  }

  @Override
  public Asking converse(
      CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
    return begin(new TalkingFlight(loop, connection, talk, answer(done)));
  }

  @Override
  public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
    DatagramFlight flight = new DatagramFlight(loop, question, buffer, answer(done));
    loop.execute(flight::begin);
    return () -> loop.execute(flight::cancel);
  }

  private <A> Consumer<A> answer(Consumer<A> done) {
    return answer -> home.execute(() -> done.accept(answer));
  }

  private Asking begin(Flight<?> flight) {
    loop.execute(flight::begin);
    return () -> loop.execute(flight::cancel);
  }

  @Override
  public void close() {
    loop.close();
  }
}
