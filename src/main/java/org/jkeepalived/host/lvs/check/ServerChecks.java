package org.jkeepalived.host.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.FileNumbers;
import org.jkeepalived.lvs.check.LocalCheckMaker;
import org.jkeepalived.lvs.check.NetworkCheckMaker;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.script.CommandRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of this machine's real servers. Lives on the thread of the virtual servers, on which
 * all is heard that they find out.
 *
 * <p>The thread of those that ask over the network comes with the first of them; that of TLS, and
 * all of Netty, with the first that speaks it.
 */
public final class ServerChecks implements RunningCheck.Maker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerChecks.class);

  private final Owners owners;
  private final EventLoop lvs;
  private final RandomGenerator random;
  private final FileNumbers files = new FileNumbers();
  private final LackWarning noProcess;
  private final CommandRunner commands;
  private final LocalCheckMaker local;
  private TlsFiles tlsFiles = TlsFiles.NONE;
  private boolean once;
  private Optional<NetworkChecks> network = Optional.empty();

  /** What the thread of the checks that ask over the network does as soon as there is one. */
  private final List<Runnable> first = new ArrayList<>();

  /**
   * @param owners makes the thread of the checks that ask over the network
   * @param lvs the loop of the virtual servers
   * @param scripts runs the commands of {@code MISC_CHECK}
   * @param random when first runs come
   */
  public ServerChecks(Owners owners, EventLoop lvs, ScriptThread scripts, RandomGenerator random) {
    this.owners = owners;
    this.lvs = lvs;
    this.random = random;
    noProcess = new LackWarning("process", lvs, LOG::warn);
    commands = warning(new DistantRunner(scripts, lvs));
    local =
        new LocalCheckMaker(
            new ScheduledCheck.Surroundings(
                lvs.timers(), lvs, random, line -> LOG.info("{}", line)),
            commands,
            files);
  }

  /** What {@code MISC_CHECK} runs its commands with. */
  CommandRunner commands() {
    return commands;
  }

  private CommandRunner warning(CommandRunner runner) {
    return (order, done) ->
        runner.start(
            order,
            outcome -> {
              done.accept(outcome);
              if (outcome.ownLack()) {
                noProcess.lacking(outcome.reason());
              }
            });
  }

  @Override
  public RunningCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    return NetworkCheckMaker.makes(check)
        ? overNetwork().make(server, check, up, listener)
        : local.make(server, check, up, listener);
  }

  /** The checks that ask over the network, whose thread comes with the first call. */
  NetworkChecks overNetwork() {
    if (network.isPresent()) {
      return network.get();
    }
    NetworkChecks made = new NetworkChecks(owners, lvs, tlsFiles, new Random(random.nextLong()));
    made.askOnce(once);
    first.forEach(made::onItsThread);
    first.clear();
    network = Optional.of(made);
    return made;
  }

  /**
   * From now on another configuration holds: {@code SSL_GET} goes by its files, which are read anew
   * even if they are the same.
   */
  public void use(Director director) {
    TlsFiles files = director.tls();
    if (files.authority().isPresent() && !files.authority().equals(tlsFiles.authority())) {
      LOG.info(
          "SSL ca {} has no effect: certificates of real servers are not verified",
          files.authority().get());
    }
    tlsFiles = files;
    once = director.checksOnce();
    if (network.isPresent()) {
      network.get().use(files);
      network.get().askOnce(once);
    }
  }

  /** Has the thread of the checks that ask over the network do something, once there is one. */
  public void onItsThread(Runnable step) {
    if (network.isPresent()) {
      network.get().onItsThread(step);
    } else {
      first.add(step);
    }
  }

  /** A tracked file says something else now; {@code FILE_CHECK} goes by that. */
  public void fileSays(String name, long number) {
    files.says(name, number);
  }

  /** Forgets what all files said but these: the others are perhaps not watched any more. */
  public void forgetFilesBut(List<FileTracker> tracked) {
    files.keepOnly(tracked.stream().map(FileTracker::name).collect(Collectors.toSet()));
  }

  /** Ends the thread of the checks that ask over the network; end the checks before. */
  @Override
  public void close() {
    // a method reference would load what it refers to, and all of Netty's with it
    if (network.isPresent()) {
      network.get().close();
    }
    network = Optional.empty();
  }
}
