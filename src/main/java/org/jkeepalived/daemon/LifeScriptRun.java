package org.jkeepalived.daemon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.script.Supervision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the startup and the shutdown script, and waits for them. */
public final class LifeScriptRun {

  private static final Logger LOG = LoggerFactory.getLogger(LifeScriptRun.class);

  private final ScriptThread scripts;

  public LifeScriptRun(ScriptThread scripts) {
    this.scripts = scripts;
  }

  /**
   * Before anything starts. Whatever comes of it, the daemon starts.
   *
   * @param stopAsked ends the wait: the daemon is to stop at once
   */
  public void startup(LifeScripts life, CompletableFuture<Void> stopAsked)
      throws InterruptedException {
    if (life.startup().isPresent()) {
      run("startup", life.startup().get(), life.startupTimeoutNanos(), stopAsked);
    }
  }

  /** After everything has stopped. */
  public void shutdown(LifeScripts life) throws InterruptedException {
    if (life.shutdown().isPresent()) {
      run(
          "shutdown",
          life.shutdown().get(),
          life.shutdownTimeoutNanos(),
          new CompletableFuture<>());
    }
  }

  /** How long the startup script can take, with its end by force; 0 if there is none. */
  public static long mostStartupMillis(LifeScripts life) {
    long nanos = life.startupTimeoutNanos() + 2 * Supervision.KILL_AFTER_NANOS;
    return life.startup().isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** How long the shutdown script can take, with its end by force; 0 if there is none. */
  public static long mostShutdownMillis(LifeScripts life) {
    long nanos = life.shutdownTimeoutNanos() + 2 * Supervision.KILL_AFTER_NANOS;
    return life.shutdown().isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private void run(
      String which, Command command, long timeoutNanos, CompletableFuture<Void> unlessDone)
      throws InterruptedException {
    LOG.info("Running {} script {}", which, command.program());
    CommandRunner.Order order =
        new CommandRunner.Order(
            which + " script", command, List.of(), OptionalLong.of(timeoutNanos));
    Optional<Outcome> outcome = scripts.runAndWait(order, unlessDone);
    outcome.ifPresent(known -> log(which, known));
  }

  /** COMPAT: keepalived's own words, "script" twice; it says nothing of one that a signal ended. */
  private static void log(String which, Outcome outcome) {
    switch (outcome.kind()) {
      case EXITED -> {
        if (outcome.succeeded()) {
          LOG.info("{} script script succeeded", which);
        } else {
          LOG.info("{} script script failed, status {}", which, outcome.number());
        }
      }
      case SIGNALLED ->
          LOG.info("{} script script failed, due to signal {}", which, outcome.number());
      case TIMED_OUT -> LOG.info("{} script timed out", which);
      case NOT_RUN -> LOG.warn("{} script cannot be run: {}", which, outcome.reason());
    }
  }
}
