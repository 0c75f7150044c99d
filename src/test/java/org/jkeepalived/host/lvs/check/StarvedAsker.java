package org.jkeepalived.host.lvs.check;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.Connections.Attempt;
import org.jkeepalived.lvs.check.Conversations;
import org.jkeepalived.lvs.check.Datagrams;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.TlsFiles;
import org.slf4j.LoggerFactory;

/**
 * A process that asks a server and a port that nobody listens on, has no descriptors left, asks
 * again, gives them back, and asks once more. Give it a small limit.
 */
final class StarvedAsker {

  private final OwnerThread lvs;
  private final ServerChecks checks;

  private StarvedAsker(Owners owners) throws Exception {
    lvs = owners.make("lvs", FailureRule.goOn("nothing")).start();
    ScriptThread scripts = new ScriptThread(owners);
    checks = new ServerChecks(owners, lvs.loop(), scripts, TlsFiles.NONE, new Random(1));
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
      // loads the classes, for which descriptors are needed
      System.out.println("refused mail " + asker.askForMail(1));
      System.out.println("refused name " + asker.askForName(AskingRig.to(1, 20_000)));
      System.out.println("foreign name " + asker.askForName(foreign()));
      // loads what writes lines, for which a descriptor is needed
      LoggerFactory.getLogger(StarvedAsker.class).warn("starving");
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
      String mail = asker.askForMail(port);
      String name = asker.askForName(AskingRig.to(port, 20_000));
      for (FileInputStream one : all) {
        one.close();
      }
      System.out.println("starved " + starved);
      System.out.println("again " + again.kind());
      System.out.println("mail " + mail);
      System.out.println("name " + name);
      System.out.println("after " + asker.ask(port));
    }
  }

  private Attempt ask(int port) throws Exception {
    CompletableFuture<Attempt> attempt = new CompletableFuture<>();
    lvs.execute(() -> checks.connect(AskingRig.to(port, 20_000), attempt::complete));
    return attempt.get(60, TimeUnit.SECONDS);
  }

  private String askForMail(int port) throws Exception {
    CompletableFuture<Conversations.Ending> ending = new CompletableFuture<>();
    lvs.execute(
        () ->
            checks.converse(
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
    lvs.execute(() -> checks.exchange(question, ending::complete));
    Datagrams.Ending end = ending.get(60, TimeUnit.SECONDS);
    return end.kind() + " " + end.reason() + " " + end.error();
  }
}
