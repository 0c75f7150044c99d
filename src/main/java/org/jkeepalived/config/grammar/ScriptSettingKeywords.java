package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;

/**
 * The keywords of {@code global_defs} about whom scripts run as, and what runs before and after.
 */
final class ScriptSettingKeywords {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private ScriptSettingKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "script_user", Arity.OPTIONAL, "USER [GROUP]", ScriptSettingKeywords::user)
            .standardInWords("keepalived_script, if there is such a user, else root")
            .doc("whom scripts run as that name nobody"),
        Keyword.<GlobalDraft>flag("enable_script_security", g -> g.scriptSecurity = true)
            .doc("run nothing as root that somebody else could have changed"),
        Keyword.<GlobalDraft>flag("set_supplementary_groups", g -> g.supplementaryGroups = true)
            .doc("scripts have all groups of their user"),
        Keyword.<GlobalDraft>flag("use_symlink_paths", g -> {})
            .inert()
            .remarking(
                "needless-keyword",
                "use_symlink_paths has no effect: the paths of scripts are always kept as they are"
                    + " written, and what they lead to is looked at")
            .doc("paths of scripts are kept as they are written, which is so anyway"),
        script("startup", g -> g.startupScript, (g, line) -> g.startupScript = line)
            .doc("what runs before all else"),
        timeout("startup", (g, nanos) -> g.startupTimeoutNanos = nanos)
            .standard("10")
            .doc("seconds after which it is ended"),
        script("shutdown", g -> g.shutdownScript, (g, line) -> g.shutdownScript = line)
            .doc("what runs when everything has stopped"),
        timeout("shutdown", (g, nanos) -> g.shutdownTimeoutNanos = nanos)
            .standard("10")
            .doc("seconds after which it is ended"));
  }

  private static void user(Statement statement, GlobalDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "no-script-user", "No script username specified");
      return;
    }
    draft.scriptUser = Optional.of(statement.arguments().get(0));
    draft.scriptGroup = statement.arguments().stream().skip(1).findFirst();
  }

  private static Keyword<GlobalDraft> script(
      String which,
      Function<GlobalDraft, Optional<CommandStatement>> get,
      BiConsumer<GlobalDraft, Optional<CommandStatement>> set) {
    return Keyword.custom(
        which + "_script",
        Arity.OPTIONAL,
        "STRING [USER [GROUP]]",
        (statement, draft, report) -> {
          if (get.apply(draft).isPresent()) {
            report.warn(
                statement.keyword(), "duplicate-script", which + " script already specified");
            return;
          }
          if (statement.arguments().isEmpty()) {
            report.warn(statement.keyword(), "no-script", which + " script missing");
            return;
          }
          Optional<CommandStatement> line = CommandStatement.read(statement, report);
          if (line.isEmpty()) {
            report.warn(statement.keyword(), "bad-script", "Invalid " + which + " script");
          }
          set.accept(draft, line);
        });
  }

  private static Keyword<GlobalDraft> timeout(String which, BiConsumer<GlobalDraft, Long> sets) {
    String name = which + "_script_timeout";
    return new Keyword.Value<GlobalDraft, Integer>(
            name,
            Arity.OPTIONAL,
            Argument.integer(1, 1000),
            Optional.empty(),
            (draft, seconds) -> sets.accept(draft, seconds * SECOND_NANOS))
        .complains(name + " '{value}' must be in [1, 1000] - ignoring")
        .unlessMissing(name + " requires value");
  }
}
