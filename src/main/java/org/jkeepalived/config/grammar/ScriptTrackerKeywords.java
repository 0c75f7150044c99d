package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;

/** {@code vrrp_script}: a script whose exit status tells whether something is well. */
final class ScriptTrackerKeywords {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private ScriptTrackerKeywords() {}

  /** What has been read of one block. */
  static final class ScriptDraft extends TrackerDraft {
    private Optional<CommandStatement> command = Optional.empty();
    private Optional<Token> user = Optional.empty();
    private Optional<Token> group = Optional.empty();
    private long intervalNanos = SECOND_NANOS;
    private Optional<Long> timeoutNanos = Optional.empty();
    private int rise = 1;
    private int fall = 1;
    private boolean initiallyFailed;

    private ScriptDraft(Token place) {
      super(TrackKind.SCRIPT, place);
    }

    /** The finished tracker. */
    ScriptTracker complete(Commands commands, GrammarReport report) {
      CommandStatement line = command.orElseThrow();
      CommandStatement complete = user.map(name -> line.as(name, group)).orElse(line);
      user.filter(name -> !commands.exists(name, group))
          .ifPresent(
              name ->
                  report.warn(
                      name,
                      "unknown-script-user",
                      "Unable to set uid/gid for script " + complete.shown()));
      Commands.Checked checked = commands.check(complete, Commands.Purpose.RUNNING);
      if (checked.hindered()) {
        // COMPAT: keepalived disables the script, so that the check always passes
        report.whole(
            line.place(),
            Severity.WARNING,
            "script-not-runnable",
            "Track script " + name() + " cannot be run, which counts as its failure");
      }
      return new ScriptTracker(
          name(),
          checked.command(),
          intervalNanos,
          // COMPAT: without a timeout, a script has failed when its interval is over
          timeoutNanos.orElse(intervalNanos),
          weight(),
          rise,
          fall,
          initiallyFailed);
    }
  }

  private static final Block<ScriptDraft> BLOCK = new Block<>("vrrp_script", table());

  static final Keyword<GlobalDraft> KEYWORD =
      NamedBlocks.keyword(
              "vrrp_script",
              globals -> globals.trackers.scripts,
              ScriptDraft::new,
              BLOCK,
              ScriptTrackerKeywords::isComplete)
          .doc("a script whose exit status tells whether something is well");

  private static List<Keyword<ScriptDraft>> table() {
    return List.of(
        Keyword.<ScriptDraft>custom(
                "script", Arity.OPTIONAL, "STRING", ScriptTrackerKeywords::script)
            .doc("the program and its arguments, in one pair of quotes"),
        time("interval", "must be between 1 and 4294 - ignoring", (d, n) -> d.intervalNanos = n)
            .standard("1")
            .doc("seconds from one run to the next"),
        time("timeout", "invalid - ignoring", (d, n) -> d.timeoutNanos = Optional.of(n))
            .standardInWords("the interval")
            .doc("seconds after which the script is ended and has failed"),
        WeightWords.<ScriptDraft>keyword(
                "vrrp_script", 253, "vrrp_script {name} weight {value} must be in [-253, 253]")
            .standard("0")
            .doc("what its success adds to a priority; 0: its failure is a fault"),
        count("rise", (d, n) -> d.rise = n).doc("successes in a row until it is well"),
        count("fall", (d, n) -> d.fall = n).doc("failures in a row until it is not"),
        Keyword.<ScriptDraft>custom(
                "user",
                Arity.REQUIRED,
                "USER [GROUP]",
                (statement, draft, report) -> {
                  draft.user = Optional.of(statement.arguments().get(0));
                  draft.group = statement.arguments().stream().skip(1).findFirst();
                })
            .standardOf("script_user")
            .doc("whom it runs as"),
        Keyword.<ScriptDraft>flag("init_fail", d -> d.initiallyFailed = true)
            .doc("not well until it has succeeded"));
  }

  private static void script(Statement statement, ScriptDraft draft, GrammarReport report) {
    CommandStatement.read(statement, report)
        .ifPresent(
            line -> {
              draft.command = Optional.of(line);
              line.user()
                  .ifPresent(
                      extra ->
                          report.aside(
                              extra,
                              "unquoted-script",
                              "vrrp_script "
                                  + draft.name()
                                  + ": '"
                                  + extra.text()
                                  + "' is ignored - put a script and its arguments in quotes"));
            });
  }

  private static boolean isComplete(ScriptDraft draft, Token end, GrammarReport report) {
    if (draft.command.isEmpty()) {
      report.warn(
          end, "no-script", "No script set for vrrp_script " + draft.name() + " - removing");
    }
    return draft.command.isPresent();
  }

  /** Whole seconds in keepalived 2.2; we take fractions as well. */
  private static Keyword<ScriptDraft> time(
      String name, String complaint, BiConsumer<ScriptDraft, Long> sets) {
    return Keyword.<ScriptDraft, Long>value(
            name, Argument.fractionalSeconds(Argument.MAX_SECONDS), sets)
        .complains("({name}): vrrp script " + name + " '{value}' " + complaint)
        .unlessZero(
            "({name}): vrrp script " + name + " must be greater than 0, setting to 1",
            draft -> sets.accept(draft, SECOND_NANOS));
  }

  private static Keyword<ScriptDraft> count(String name, BiConsumer<ScriptDraft, Integer> sets) {
    return Keyword.<ScriptDraft, Integer>value(name, Argument.integer(1, Integer.MAX_VALUE), sets)
        .complains(
            "({name}): vrrp script " + name + " value '{value}' invalid, defaulting to 1",
            (draft, text) -> Optional.of(1))
        .standard("1");
  }
}
