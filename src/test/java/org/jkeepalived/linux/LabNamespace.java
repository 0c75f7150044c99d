package org.jkeepalived.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace that lives as long as a test. */
public final class LabNamespace implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long DEADLINE_SECONDS = 60;

  private final String name = "jkl" + ProcessHandle.current().pid() + "n" + COUNT.incrementAndGet();

  public LabNamespace() throws IOException, InterruptedException {
    run("ip", "netns", "add", name);
    ip("link", "set", "lo", "up");
  }

  public String name() {
    return name;
  }

  /** Runs {@code ip} in it and returns what it prints. */
  public String ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Runs a command in it and returns what it prints. */
  public String exec(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  /** Makes a pair of links that are up and connected with each other. */
  public void vethPair(String one, String other) throws IOException, InterruptedException {
    ip("link", "add", one, "type", "veth", "peer", "name", other);
    ip("link", "set", one, "up");
    ip("link", "set", other, "up");
  }

  /** Makes a pair of links, the other end in another namespace, that are up and connected. */
  public void vethPair(String one, LabNamespace space, String other)
      throws IOException, InterruptedException {
    ip("link", "add", one, "type", "veth", "peer", "name", other, "netns", space.name);
    ip("link", "set", one, "up");
    space.ip("link", "set", other, "up");
  }

  /** Calls it on a thread that is in the namespace. */
  public <T> T call(Callable<T> body) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              Namespaces.moveThread(name);
              return body.call();
            });
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      AssertionError error = new AssertionError("took too long");
      error.setStackTrace(thread.getStackTrace());
      throw error;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** Runs a command that must succeed and returns what it prints. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + ": " + status + ": " + output);
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    try {
      run("ip", "netns", "del", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
