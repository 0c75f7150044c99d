package org.jkeepalived.host.lvs.check;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.Connections.Attempt;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Conversations.Talk;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.lvs.check.Network;
import org.jkeepalived.lvs.check.NetworkCheckMaker;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.lvs.check.WebFetcher;
import org.jkeepalived.lvs.check.WebFetcher.Ending;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.script.CommandRunner.Order;
import org.slf4j.LoggerFactory;

/**
 * A process that asks a server and a port that nobody listens on, has no descriptors left, asks
 * again, gives them back, and asks once more; it also runs a command, and asks by TLS with one
 * descriptor left, which is not enough for the files of the configuration. Give it a small limit.
 */
final class StarvedAsker {

  private static final TlsFiles TLS_FILES =
      new TlsFiles(Optional.empty(), Optional.of("/dev/null"), Optional.empty(), Optional.empty());
  private static final Order ORDER =
      new Order(
          "MISC_CHECK",
          new Command(
              List.of("/bin/true"),
              new Account(System.getProperty("user.name"), Optional.empty(), false),
              false),
          List.of(),
          OptionalLong.empty());

  private final OwnerThread lvs;
  private final ServerChecks checks;

  private StarvedAsker(Owners owners) throws Exception {
    lvs = owners.make("lvs", FailureRule.goOn("nothing")).start();
    ScriptThread scripts = new ScriptThread(owners);
    checks = new ServerChecks(owners, lvs.loop(), scripts, new Random(1));
  }

  public static void main(String[] arguments) throws Exception {
    try {
      run();
      System.exit(0);
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run() throws Exception {
    StarvedAsker asker = new StarvedAsker(TestOwners.make());
    try (ServerSocket listening = new ServerSocket(0)) {
      int port = listening.getLocalPort();
      System.out.println("before " + asker.ask(port));
      System.out.println("refused " + asker.ask(1));
      // loads what is needed then, for which it would need a descriptor
      System.out.println("script before " + asker.runScript());
      asker.use(TLS_FILES);
      System.out.println("tls before " + asker.askEncrypted(port));
      FileError.isOwnLack(new FileSystemException("/x", null, "no such"));
      SystemError.of("load", Errno.EMFILE).isOwnLack();
      // loads the classes, for which descriptors are needed
      System.out.println("refused mail " + asker.askForMail(1));
      System.out.println("refused name " + asker.askForName(AskingRig.to(1, 20_000)));
      System.out.println("foreign name " + asker.askForName(foreign()));
      // loads what writes lines, for which a descriptor is needed
      LoggerFactory.getLogger(StarvedAsker.class).warn("starving");
      asker.use(TLS_FILES); // from now on they are to be read anew
      List<FileInputStream> all = new ArrayList<>();
      try {
        while (true) {
          all.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException tooMany) {
        // now there are none left
      }
      Attempt starved = asker.ask(port);
      Attempt again = asker.ask(port);
      String script = asker.runScript();
      String mail = asker.askForMail(port);
      String name = asker.askForName(AskingRig.to(port, 20_000));
      all.remove(0).close(); // for the socket, and not for the files
      Ending encrypted = asker.askEncrypted(port);
      for (FileInputStream one : all) {
        one.close();
      }
      System.out.println("starved " + starved);
      System.out.println("again " + again.kind());
      System.out.println("script starved " + script);
      System.out.println("tls starved " + encrypted);
      System.out.println("script after " + asker.runScript());
      System.out.println("mail " + mail);
      System.out.println("name " + name);
      System.out.println("after " + asker.ask(port));
    }
  }

  private Network network() {
    return checks.overNetwork().network();
  }

  private void use(TlsFiles files) throws Exception {
    CompletableFuture<Void> used = new CompletableFuture<>();
    lvs.execute(
        () -> {
          checks.use(new Director(List.of(), files, TableSettings.STANDARD, false));
          used.complete(null);
        });
    used.get(60, TimeUnit.SECONDS);
  }

  /** What comes of the command of a {@code MISC_CHECK}. */
  private String runScript() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    lvs.execute(
        () ->
            checks
                .commands()
                .start(ORDER, ended -> outcome.complete(ended.kind() + " " + ended.ownLack())));
    return outcome.get(60, TimeUnit.SECONDS);
  }

  private Ending askEncrypted(int port) throws Exception {
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    HttpCheck check =
        new HttpCheck(
            new CheckSchedule(60_000_000_000L, 1, 0, 0, false, false),
            AskingRig.to(port, 1_000),
            HttpCheck.Version.HTTP_1_0,
            false,
            Optional.of(new HttpCheck.Tls(false, Optional.empty(), false)),
            List.of(AskingRig.url("/")));
    lvs.execute(
        () ->
            new NetworkCheckMaker(
                    new ScheduledCheck.Surroundings(
                        lvs.loop().timers(), lvs.loop(), new Random(1), line -> {}),
                    new Overheard(network(), ending))
                .make(new CheckedServer("RS", "VS"), check, true, new AskingRig.Deaf())
                .start(lvs.loop().nowNanos()));
    return ending.get(60, TimeUnit.SECONDS);
  }

  /** The same network; what came of a fetch is told. */
  private record Overheard(Network network, CompletableFuture<WebFetcher.Ending> ending)
      implements Network {
    @Override
    public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
      return network.connect(connection, done);
    }

    @Override
    public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
      return network.fetch(
          question,
          answer -> {
            done.accept(answer);
            ending.complete(answer);
          });
    }

    @Override
    public Asking converse(
        CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
      return network.converse(connection, talk, done);
    }

    @Override
    public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
      return network.exchange(question, done);
    }
  }

  private Attempt ask(int port) throws Exception {
    CompletableFuture<Attempt> attempt = new CompletableFuture<>();
    lvs.execute(() -> network().connect(AskingRig.to(port, 20_000), attempt::complete));
    return attempt.get(60, TimeUnit.SECONDS);
  }

  private String askForMail(int port) throws Exception {
    CompletableFuture<Conversations.Ending> ending = new CompletableFuture<>();
    lvs.execute(
        () ->
            network()
                .converse(
                    AskingRig.to(port, 20_000), bytes -> Conversations.Turn.END, ending::complete));
    return ending.get(60, TimeUnit.SECONDS).toString();
  }

  private static CheckConnection foreign() throws Exception {
    CheckConnection plain = AskingRig.to(1, 20_000);
    InetAddress source = InetAddress.getByName("192.0.2.1");
    return new CheckConnection(
        plain.target(), Optional.of(source), 0, Optional.empty(), 0, plain.timeoutNanos());
  }

  private String askForName(CheckConnection connection) throws Exception {
    CompletableFuture<Datagrams.Ending> ending = new CompletableFuture<>();
    Datagrams.Question question =
        new Datagrams.Question(Datagrams.Kind.UDP, connection, new byte[1], 1, datagram -> true);
    lvs.execute(() -> network().exchange(question, ending::complete));
    Datagrams.Ending end = ending.get(60, TimeUnit.SECONDS);
    return end.kind() + " " + end.reason() + " " + end.error();
  }
}
