package org.jkeepalived.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;

/**
 * {@code MISC_CHECK}: a command succeeds. With {@code misc_dynamic} an exit status from 2 is a
 * success, too, and the server is to have that weight, less 2.
 *
 * <p>A command that cannot be run has failed; keepalived disables the check, and its server stays.
 * But where this machine has no process for it, nothing was asked.
 */
final class MiscChecker implements Checker {

  private static final String NAME = "MISC_CHECK";
  private static final Course COURSE = new Course(1, 0, false, true);
  private static final int LEAST_WEIGHING = 2;

  private final CheckedServer server;
  private final MiscCheck check;
  private final CommandRunner runner;

  MiscChecker(CheckedServer server, MiscCheck check, CommandRunner runner) {
    this.server = server;
    this.check = check;
    this.runner = runner;
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public String wellLine() {
    return line("succeeded.");
  }

  @Override
  public String wellMail() {
    return "MISC CHECK succeeded on service";
  }

  @Override
  public Course course() {
    return COURSE;
  }

  @Override
  public Asking ask(int question, Consumer<Answer> done) {
    CommandRunner.Run run =
        runner.start(
            new CommandRunner.Order(
                NAME + " of " + server.server(),
                check.command(),
                List.of(),
                OptionalLong.of(check.timeoutNanos())),
            outcome -> done.accept(answer(outcome)));
    return run::end;
  }

  private Answer answer(Outcome outcome) {
    if (outcome.ownLack()) {
      return new Answer.NotAsked();
    }
    boolean exited = outcome.kind() == Outcome.Kind.EXITED;
    if (outcome.succeeded()) {
      return Answer.Success.PLAIN;
    }
    if (exited && check.dynamic() && outcome.number() >= LEAST_WEIGHING) {
      return new Answer.Success(
          List.of(), List.of(), OptionalLong.of(outcome.number() - LEAST_WEIGHING));
    }
    return switch (outcome.kind()) {
      case EXITED -> failure("failed", "exited with status " + outcome.number(), false);
      case SIGNALLED -> failure("failed", "due to signal " + outcome.number(), false);
      case TIMED_OUT -> failure("timed out", "", true);
      case NOT_RUN -> failure("failed", "not run: " + outcome.reason(), true);
    };
  }

  private Answer failure(String verdict, String detail, boolean givesBack) {
    Answer.Words words =
        (stage, all) -> {
          List<String> lines = new ArrayList<>();
          boolean retried = stage == Answer.Stage.RETRIED;
          if (!retried || all) {
            lines.add(line(verdict + (retried ? "" : retries()) + bracketed(detail) + "."));
          }
          return lines;
        };
    String reason = detail.isEmpty() ? verdict : detail;
    return new Answer.Failure(words, reason, "MISC CHECK " + verdict + " on service", givesBack);
  }

  private String retries() {
    long retries = check.schedule().retries();
    return retries == 0 ? " with retry disabled" : " after " + retries + " retries";
  }

  private static String bracketed(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }

  private String line(String what) {
    return "Misc check for ["
        + server.server()
        + " VS "
        + server.service()
        + "] by ["
        + check.command().program()
        + "] "
        + what;
  }
}
