package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Reloading;

/** The keywords of {@code global_defs} about the reading of a configuration. */
final class ReloadKeywords {

  private ReloadKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "reload_check_config",
                Arity.OPTIONAL,
                "[LOG_FILE]",
                (statement, g, report) -> {
                  g.reload.checked = true;
                  g.reload.checkLog = first(statement);
                })
            .doc(
                "a reload takes place only if nothing is wrong with the new configuration; what is"
                    + " wrong stands in the log and in LOG_FILE"),
        Keyword.<GlobalDraft>custom(
                "reload_time_file",
                Arity.OPTIONAL,
                "FILE",
                (statement, g, report) -> g.reload.timeFile = first(statement))
            .unlessMissing("reload_time_file invalid")
            .doc("a file in which somebody writes when to reload: [[YY]YY-MM-DD ]HH:MM:SS[Z]"),
        Keyword.<GlobalDraft>flag("reload_repeat", g -> g.reload.repeated = true)
            .doc("reload_time_file stays after the reload: one without a date means each day"),
        Keyword.<GlobalDraft>custom(
                "reload_file",
                Arity.OPTIONAL,
                "[FILE]",
                (statement, g, report) ->
                    g.reload.mark = Optional.of(new Reloading.Mark(first(statement))))
            .standardInWords("none")
            .doc(
                "a file that is made, and empty, before a reload reads the configuration, and gone"
                    + " after; without FILE keepalived.reload beside the pid file"),
        Keyword.<GlobalDraft>custom(
                "config_save_dir",
                Arity.REQUIRED,
                "DIRECTORY",
                (statement, g, report) -> g.reload.saveDirectory = first(statement))
            .standardInWords("none")
            .doc("where each configuration that was read is kept, with all that it includes"),
        Keyword.<GlobalDraft>custom(
                "tmp_config_directory", Arity.OPTIONAL, "DIRECTORY", (statement, g, report) -> {})
            .unlessMissing("tmp_config_directory missing directory name")
            .inert()
            .remarking(
                "needless-keyword",
                "tmp_config_directory has no effect: one process reads the configuration once")
            .doc(
                "where keepalived's processes share what they read; here is one, which reads once"));
  }

  private static Optional<String> first(Statement statement) {
    return statement.arguments().stream()
        .findFirst()
        .map(Token::text)
        // no file has such a name, and Java throws at it
        .filter(text -> !text.isEmpty() && text.indexOf('\0') < 0);
  }
}
