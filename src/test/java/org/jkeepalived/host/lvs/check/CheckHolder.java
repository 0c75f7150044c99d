package org.jkeepalived.host.lvs.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.MiscCheck;

/**
 * A process that runs checks and nothing else, until each has failed once: {@code misc 1}, {@code
 * tcp 1000 PORT}, {@code http 1000 PORT}, {@code https 1000 PORT}. It prints how much memory it
 * holds.
 */
final class CheckHolder {

  private static final long SECOND = 1_000_000_000L;

  private CheckHolder() {}

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    Owners owners = TestOwners.make();
    OwnerThread lvs = owners.make("lvs", FailureRule.goOn("nothing")).start();
    ScriptThread scripts = new ScriptThread(owners);
    System.out.println("before: " + resident());
    CountDownLatch failed = new CountDownLatch(count);
    CompletableFuture<ServerChecks> made = new CompletableFuture<>();
    lvs.execute(
        () -> {
          ServerChecks checks = new ServerChecks(owners, lvs.loop(), scripts, new Random(1));
          for (int i = 0; i < count; i++) {
            Check check = check(arguments);
            checks
                .make(
                    new CheckedServer("RS" + i, "VS"),
                    check,
                    !check.schedule().alpha(),
                    new Counting(failed))
                .start(lvs.loop().nowNanos());
          }
          made.complete(checks);
        });
    failed.await();
    System.gc();
    System.out.println("after: " + resident());
    lvs.execute(() -> made.join().close());
    lvs.close();
    scripts.close();
  }

  private static Check check(String[] arguments) {
    CheckSchedule schedule = new CheckSchedule(SECOND, SECOND, 0, SECOND, false, false);
    return switch (arguments[0]) {
      case "misc" ->
          new MiscCheck(
              schedule,
              new Command(
                  List.of("/bin/false"),
                  new Account(System.getProperty("user.name"), Optional.empty(), false),
                  false),
              5 * SECOND,
              false);
      case "tcp" -> AskingRig.tcp(AskingRig.to(Integer.parseInt(arguments[2]), 5_000));
      case "http" ->
          AskingRig.http(AskingRig.to(Integer.parseInt(arguments[2]), 5_000), AskingRig.url("/"));
      default ->
          AskingRig.https(
              AskingRig.to(Integer.parseInt(arguments[2]), 5_000),
              new HttpCheck.Tls(false, Optional.empty(), false),
              AskingRig.url("/"));
    };
  }

  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .findFirst()
        .orElse("?");
  }

  private record Counting(CountDownLatch failed) implements RunningCheck.Listener {
    @Override
    public void succeeded(String reason) {}

    @Override
    public void failed(String reason) {
      failed.countDown();
    }

    @Override
    public void weighs(OptionalLong weight) {}
  }
}
