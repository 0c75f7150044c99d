package org.jkeepalived.host.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.CheckMaker;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.FileNumbers;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.lvs.check.WebFetcher;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.script.CommandRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of this machine's real servers. Lives on the thread of the virtual servers, whose
 * timers and clock it uses and on which the answers come.
 *
 * <p>The thread of the sockets, and all of Netty, comes with the first check that needs one.
 */
public final class ServerChecks implements RunningCheck.Maker, Network, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerChecks.class);

  private final Owners owners;
  private final EventLoop lvs;
  private final CheckMaker maker;
  private final FileNumbers files = new FileNumbers();
  private final LackWarning lack;
  private final LackWarning noProcess;
  private final CommandRunner commands;
  private TlsFiles tlsFiles;
  private Optional<CheckSockets> sockets = Optional.empty();

  /** What the thread of the sockets does as soon as there is one. */
  private final List<Runnable> first = new ArrayList<>();

  /**
   * @param owners makes the thread of the sockets, which lives in the network namespace of the
   *     thread that first needs it
   * @param lvs the loop of the virtual servers
   * @param scripts runs the commands of {@code MISC_CHECK}
   * @param tlsFiles what {@code SSL_GET} shows
   * @param random when first runs come
   */
  public ServerChecks(
      Owners owners,
      EventLoop lvs,
      ScriptThread scripts,
      TlsFiles tlsFiles,
      RandomGenerator random) {
    this.owners = owners;
    this.lvs = lvs;
    this.tlsFiles = tlsFiles;
    lack = new LackWarning("socket", lvs, LOG::warn);
    noProcess = new LackWarning("process", lvs, LOG::warn);
    commands = warning(new DistantRunner(scripts, lvs));
    maker =
        new CheckMaker(
            new ScheduledCheck.Surroundings(
                lvs.timers(), lvs, random, line -> LOG.info("{}", line)),
            this,
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
    return maker.make(server, check, up, listener);
  }

  /**
   * From now on {@code SSL_GET} goes by other files; they are read anew even if they are the same.
   */
  public void use(TlsFiles files) {
    if (files.authority().isPresent() && !files.authority().equals(tlsFiles.authority())) {
      LOG.info(
          "SSL ca {} has no effect: certificates of real servers are not verified",
          files.authority().get());
    }
    tlsFiles = files;
    if (sockets.isPresent()) {
      sockets.get().use(files);
    }
  }

  /** Has the thread of the sockets do something of its own, as soon as there is one. */
  public void onItsThread(Runnable step) {
    if (sockets.isPresent()) {
      sockets.get().onItsThread(step);
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

  @Override
  public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
    return ask((open, answer) -> open.connect(connection, answer), ATTEMPTS, done);
  }

  @Override
  public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
    return ask((open, answer) -> open.fetch(question, answer), FETCHES, done);
  }

  @Override
  public Asking converse(
      CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
    return ask((open, answer) -> open.converse(connection, talk, answer), TALKS, done);
  }

  @Override
  public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
    return ask((open, answer) -> open.exchange(question, answer), EXCHANGES, done);
  }

  /** Asks in one way. */
  private interface Way<E> {
    Asking ask(CheckSockets open, Consumer<E> answer);
  }

  /**
   * How one way of asking says that this machine lacked something.
   *
   * @param lack what it lacked; empty where the server was asked
   * @param lacking the same the other way round
   */
  private record Lacks<E>(Function<E, Optional<String>> lack, Function<String, E> lacking) {}

  private static final Lacks<Attempt> ATTEMPTS =
      new Lacks<>(
          it -> reasonIf(it.kind() == Attempt.Kind.NOT_ASKED, it.reason()),
          reason -> new Attempt(Attempt.Kind.NOT_ASKED, reason));

  private static final Lacks<WebFetcher.Ending> FETCHES =
      new Lacks<>(
          it -> reasonIf(it.kind() == WebFetcher.Ending.Kind.NOT_ASKED, it.reason()),
          reason -> new WebFetcher.Ending(WebFetcher.Ending.Kind.NOT_ASKED, reason));

  private static final Lacks<Conversations.Ending> TALKS =
      new Lacks<>(
          it -> reasonIf(it.kind() == Conversations.Ending.Kind.NOT_ASKED, it.reason()),
          reason -> new Conversations.Ending(Conversations.Ending.Kind.NOT_ASKED, reason));

  private static final Lacks<Datagrams.Ending> EXCHANGES =
      new Lacks<>(
          it -> reasonIf(it.kind() == Datagrams.Ending.Kind.NOT_ASKED, it.reason()),
          reason -> new Datagrams.Ending(Datagrams.Ending.Kind.NOT_ASKED, reason));

  private static Optional<String> reasonIf(boolean lacked, String reason) {
    return lacked ? Optional.of(reason) : Optional.empty();
  }

  private <E> Asking ask(Way<E> way, Lacks<E> lacks, Consumer<E> done) {
    Consumer<E> answer =
        ending -> {
          done.accept(ending);
          lacks.lack().apply(ending).ifPresent(lack::lacking);
        };
    try {
      return way.ask(sockets(), answer);
    } catch (SystemCallException e) {
      return answerSoon(() -> answer.accept(lacks.lacking().apply(e.getMessage())));
    }
  }

  /** Whoever has given up by then does not listen. */
  private Asking answerSoon(Runnable answer) {
    lvs.execute(answer);
    return () -> {};
  }

  private CheckSockets sockets() throws SystemCallException {
    if (sockets.isPresent()) {
      return sockets.get();
    }
    CheckSockets open = new CheckSockets(owners, lvs, tlsFiles);
    sockets = Optional.of(open);
    first.forEach(open::onItsThread);
    first.clear();
    return open;
  }

  /** Ends the thread of the sockets; end the checks before. */
  @Override
  public void close() {
    // a method reference would load what it refers to, and all of Netty's with it
    if (sockets.isPresent()) {
      sockets.get().close();
    }
    sockets = Optional.empty();
  }
}
