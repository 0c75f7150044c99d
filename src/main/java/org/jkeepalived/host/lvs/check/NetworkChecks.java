package org.jkeepalived.host.lvs.check;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.NetworkCheckMaker;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks that ask over the network. They live on a thread of their own, with their timers and
 * their sockets: thousands of questions a second pass by that of the virtual servers.
 */
final class NetworkChecks implements RunningCheck.Maker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkChecks.class);

  private final CheckLoop loop;
  private final Executor home;
  private final CheckSockets sockets;
  private final Network network;
  private final NetworkCheckMaker maker;

  /** Those that others may share. */
  private final Map<Likeness, SharedCheck> known = new HashMap<>();

  private boolean once;
  private boolean readyForTls;

  /** What makes two checks one. */
  private record Likeness(String server, Check check) {}

  /**
   * @param owners makes the thread, which lives in the network namespace of the thread that calls
   *     this
   * @param home the thread of those who hear what checks find out
   * @param tlsFiles what {@code SSL_GET} shows
   * @param random when first runs come; the thread's alone from now on
   */
  NetworkChecks(Owners owners, Executor home, TlsFiles tlsFiles, RandomGenerator random) {
    this.home = home;
    loop = new CheckLoop(owners);
    sockets = new CheckSockets(owners, loop, Runnable::run, tlsFiles);
    network = new WarningNetwork(sockets, new LackWarning("socket", loop, LOG::warn));
    maker =
        new NetworkCheckMaker(
            new ScheduledCheck.Surroundings(
                loop.timers(), loop, random, line -> LOG.info("{}", line)),
            network);
  }

  /** To be called on the thread of those who hear of it. */
  @Override
  public RunningCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    if (!readyForTls && check instanceof HttpCheck http && http.tls().isPresent()) {
      readyForTls = true;
      sockets.warmUpTls();
    }
    Likeness likeness = new Likeness(server.server(), check);
    SharedCheck shared =
        once && known.containsKey(likeness)
            ? known.get(likeness)
            : new SharedCheck(loop, hearing -> maker.make(server, check, up, hearing));
    if (once) {
      known.put(likeness, shared);
    }
    shared.add();
    return new DistantCheck(loop, home, shared, up, listener, () -> left(likeness, shared));
  }

  private void left(Likeness likeness, SharedCheck shared) {
    if (shared.remove()) {
      known.remove(likeness, shared);
    }
  }

  /** What the checks ask with; it answers on their thread. */
  Network network() {
    return network;
  }

  /**
   * Whether those that begin from now on are asked once, if they ask the same server in the same
   * way.
   */
  void askOnce(boolean once) {
    this.once = once;
  }

  /** Has the thread do something of its own. */
  void onItsThread(Runnable step) {
    loop.execute(step);
  }

  void use(TlsFiles files) {
    sockets.use(files);
  }

  /** Closes all sockets and ends the threads; end the checks before. */
  @Override
  public void close() {
    loop.close();
    sockets.close();
  }
}
