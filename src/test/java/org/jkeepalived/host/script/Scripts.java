package org.jkeepalived.host.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandRunner.Order;
import org.jkeepalived.script.CommandRunner.Run;
import org.jkeepalived.script.Outcome;

/** A scripts thread for tests, and scripts for it to run. */
public final class Scripts implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 40;

  public final ScriptThread thread;
  private final Path directory;
  private boolean closed;

  public Scripts(Path directory) throws Exception {
    this.directory = directory;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    thread = new ScriptThread(TestOwners.make());
  }

  /** What runs, and how it ends. */
  record Started(CompletableFuture<Run> run, CompletableFuture<Outcome> ended) {
    Outcome outcome() throws Exception {
      return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  public static Account me() {
    return new Account(System.getProperty("user.name"), Optional.empty(), false);
  }

  /** An executable script with these lines, or whatever stands in them. */
  Path file(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** A shell script. */
  public Path shell(String name, String... lines) throws IOException {
    Path file = file(name, lines);
    Files.writeString(file, "#!/bin/sh\n" + Files.readString(file));
    return file;
  }

  Started start(Command command, OptionalLong timeoutNanos, String... arguments) {
    CompletableFuture<Run> run = new CompletableFuture<>();
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    Order order = new Order("a test's script", command, List.of(arguments), timeoutNanos);
    thread.execute(() -> run.complete(thread.runner().start(order, ended::complete)));
    return new Started(run, ended);
  }

  Started start(Path script, String... arguments) {
    return start(command(script, me()), OptionalLong.empty(), arguments);
  }

  public static Command command(Path script, Account account) {
    return new Command(List.of(script.toString()), account, false);
  }

  public Path path(String name) {
    return directory.resolve(name);
  }

  /** What a script has written; waits for the whole of it, which ends in a line "end". */
  public String written(String name) throws Exception {
    await(
        () -> {
          try {
            return Files.exists(path(name)) && Files.readString(path(name)).endsWith("end\n");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return Files.readString(path(name));
  }

  public static void await(BooleanSupplier condition) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AssertionError("waited in vain");
      }
      Thread.sleep(5);
    }
  }

  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      thread.close();
    }
  }
}
