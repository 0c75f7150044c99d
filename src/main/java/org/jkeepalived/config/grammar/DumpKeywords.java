package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Token;

/** The keywords of {@code global_defs} about the files that the daemon writes when it is asked. */
final class DumpKeywords {

  private DumpKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft, Integer>value(
                "json_version",
                Argument.integer(1, 2),
                (g, version) -> g.dumps.jsonVersion = version)
            .complains("json_version '{value}' is invalid")
            .standard("1")
            .doc("the form of keepalived.json; 2 has a named array, and tracked processes"),
        // COMPAT: the slip is keepalived's
        Keyword.<GlobalDraft>toggle("data_use_instance", (g, on) -> g.dumps.instanceNamed = on)
            .complains("Invalid value '{value}' for global date_use_instance specified")
            .standard("off")
            .doc(
                "the names of .data and .stats files have the network namespace and the instance in"
                    + " them: keepalived.NAMESPACE_INSTANCE.data"),
        file("state_dump_file", "keepalived.data", (g, path) -> g.dumps.state = path),
        file("stats_dump_file", "keepalived.stats", (g, path) -> g.dumps.statistics = path),
        file("json_dump_file", "keepalived.json", (g, path) -> g.dumps.json = path));
  }

  private static Keyword<GlobalDraft> file(
      String name, String usual, BiConsumer<GlobalDraft, Optional<String>> sets) {
    return Keyword.<GlobalDraft>custom(
            name,
            Arity.REQUIRED,
            "PATH",
            (statement, g, report) ->
                sets.accept(
                    g,
                    statement.arguments().stream()
                        .findFirst()
                        .map(Token::text)
                        // no file has such a name, and Java throws at it
                        .filter(text -> !text.isEmpty() && text.indexOf('\0') < 0)))
        .standardInWords("$TMPDIR or /tmp")
        .doc(
            "where "
                + usual
                + " is written; with a slash at the end a directory, else the file's path, into"
                + " which _check and _parent are put where it is theirs");
  }
}
