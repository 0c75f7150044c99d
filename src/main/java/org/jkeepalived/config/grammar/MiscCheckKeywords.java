package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.MiscCheck;

/** {@code MISC_CHECK}: a command succeeds. */
final class MiscCheckKeywords {

  private MiscCheckKeywords() {}

  private static final class MiscDraft extends CheckDraft {
    private Optional<CommandStatement> command = Optional.empty();
    private long timeoutNanos;
    private boolean dynamic;
    private Optional<Token> user = Optional.empty();
    private Optional<Token> group = Optional.empty();

    private MiscDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      if (user.isPresent() && !around.commands().exists(user.get(), group)) {
        around
            .report()
            .warn(
                user.get(),
                "unknown-script-user",
                "Failed to set uid/gid for misc checker script " + shown(this) + " - removing");
        return Optional.empty();
      }
      CommandStatement written = command.orElseThrow();
      CommandStatement line = user.map(name -> written.as(name, group)).orElse(written);
      CheckSchedule schedule = schedule(around, 0, 1);
      return Optional.of(
          new MiscCheck(
              schedule,
              around.commands().complete(line, Commands.Purpose.CHECKING),
              timeoutNanos == 0 ? schedule.intervalNanos() : timeoutNanos,
              dynamic));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<MiscDraft>(
                  CheckKeywords.path("MISC_CHECK"), CheckKeywords.common(), table()),
              MiscDraft::new,
              MiscCheckKeywords::isComplete)
          .doc("well while a command succeeds");

  private static List<Keyword<MiscDraft>> table() {
    return List.of(
        Keyword.<MiscDraft>custom("misc_path", Arity.OPTIONAL, "STRING", MiscCheckKeywords::command)
            .doc("the program and its arguments, in one pair of quotes"),
        Keyword.<MiscDraft, Long>value(
                "misc_timeout",
                Argument.wholeSeconds(0, Argument.MAX_SECONDS),
                (d, n) -> d.timeoutNanos = n)
            .complains("Invalid misc_timeout value '{value}'")
            .standard("0", "0 stands for delay_loop")
            .doc("seconds after which the command is ended and has failed"),
        Keyword.<MiscDraft>flag("misc_dynamic", d -> d.dynamic = true)
            .doc("an exit status from 2 on sets the weight, to two less"),
        Keyword.<MiscDraft>custom("user", Arity.OPTIONAL, "USER [GROUP]", MiscCheckKeywords::user)
            .standardOf("script_user")
            .doc("whom it runs as"));
  }

  /** COMPAT: what stands behind the command is not looked at. */
  private static void command(Statement statement, MiscDraft draft, GrammarReport report) {
    Optional<CommandStatement> line = CommandStatement.read(statement, report);
    line.flatMap(CommandStatement::user)
        .ifPresent(
            extra ->
                report.aside(
                    extra,
                    "unquoted-script",
                    "misc_path: '"
                        + extra.text()
                        + "' is ignored - put a script and its arguments in quotes"));
    draft.command = line.map(CommandStatement::withoutUser);
  }

  private static void user(Statement statement, MiscDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(
          statement.keyword(),
          "missing-user",
          "No user specified for misc checker script " + shown(draft));
      return;
    }
    draft.user = Optional.of(statement.arguments().get(0));
    draft.group = statement.arguments().stream().skip(1).findFirst();
  }

  private static String shown(MiscDraft draft) {
    return draft.command.map(CommandStatement::shown).orElse("");
  }

  private static boolean isComplete(MiscDraft draft, Token end, GrammarReport report) {
    if (draft.command.isEmpty()) {
      report.warn(
          end, "no-script", "No script path has been specified for MISC_CHECKER - skipping");
      return false;
    }
    return true;
  }
}
