package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.Connections;
import org.jkeepalived.lvs.check.NetworkCheckMaker;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.time.TimerQueue;

/** Real sockets, each asked once by a real check. */
final class AskingRig implements AutoCloseable {

  static final CheckSchedule SCHEDULE = new CheckSchedule(60_000_000_000L, 0, 0, 0, false, true);
  static final long AWAIT_SECONDS = 20;

  private final Owners owners = TestOwners.make();
  private final CheckLoop loop = new CheckLoop(owners);
  private final CheckSockets sockets;
  private final Random random = new Random(1);
  private final BlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();

  AskingRig() {
    this(TlsFiles.NONE);
  }

  AskingRig(TlsFiles files) {
    sockets = new CheckSockets(owners, loop, answers::add, files);
  }

  CheckSockets sockets() {
    return sockets;
  }

  static CheckConnection to(int port, long timeoutMillis) {
    return new CheckConnection(
        new ServerAddress(loopback(), port),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        timeoutMillis * 1_000_000L);
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByName("127.0.0.1");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpUrl url(String path) {
    return new HttpUrl(
        path,
        Optional.empty(),
        Optional.empty(),
        List.of(HttpUrl.Statuses.SUCCESS),
        Optional.empty(),
        false);
  }

  static HttpCheck http(CheckConnection connection, HttpUrl url) {
    return new HttpCheck(
        SCHEDULE, connection, HttpCheck.Version.HTTP_1_0, false, Optional.empty(), List.of(url));
  }

  static HttpCheck https(CheckConnection connection, HttpCheck.Tls tls, HttpUrl url) {
    return new HttpCheck(
        SCHEDULE, connection, HttpCheck.Version.HTTP_1_0, false, Optional.of(tls), List.of(url));
  }

  static TcpCheck tcp(CheckConnection connection) {
    return new TcpCheck(SCHEDULE, connection);
  }

  /** What one run of a check brings: empty for a success, otherwise why not. */
  String ask(Check check) throws Exception {
    return ask(check, new StringBuilder());
  }

  /** The same; keepalived's line for the failure goes into {@code said}. */
  String ask(Check check, StringBuilder said) throws Exception {
    RunningCheck running = begin(check, said);
    hear();
    return running.look().last().orElseThrow().reason();
  }

  /** Has a check ask once, and does not wait for the answer. */
  RunningCheck begin(Check check, StringBuilder said) {
    TimerQueue timers = new TimerQueue();
    ScheduledCheck.Surroundings around =
        new ScheduledCheck.Surroundings(
            timers, () -> 0L, random, line -> said.append(line).append('\n'));
    RunningCheck running =
        new NetworkCheckMaker(around, sockets)
            .make(new CheckedServer("RS", "VS"), check, !check.schedule().alpha(), new Deaf());
    running.start(0);
    assertTrue(timers.fireNext(2_000_000_000L));
    return running;
  }

  Connections.Attempt connect(CheckConnection connection) throws Exception {
    CompletableFuture<Connections.Attempt> attempt = new CompletableFuture<>();
    sockets.connect(connection, attempt::complete);
    hear();
    return attempt.getNow(new Connections.Attempt(Connections.Attempt.Kind.FAILED, "nothing"));
  }

  /** How many sockets are counted as open, once all that was asked for until now is done. */
  long countedSockets() throws Exception {
    CompletableFuture<Long> counted = new CompletableFuture<>();
    loop.execute(() -> counted.complete(loop.sockets().taken()));
    return counted.get(AWAIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes the next answer, on this thread. */
  void hear() throws InterruptedException {
    Runnable answer = answers.poll(AWAIT_SECONDS, TimeUnit.SECONDS);
    assertNotNull(answer, "no answer");
    answer.run();
  }

  @Override
  public void close() {
    loop.close();
    sockets.close();
  }

  /** Hears nothing. */
  static final class Deaf implements RunningCheck.Listener {
    @Override
    public void succeeded(String reason) {}

    @Override
    public void failed(String reason) {}

    @Override
    public void weighs(OptionalLong weight) {}
  }
}
