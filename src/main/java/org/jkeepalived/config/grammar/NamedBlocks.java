package org.jkeepalived.config.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** The blocks of one kind, each under a name. */
final class NamedBlocks<D extends Draft> {

  private final Map<String, D> drafts = new LinkedHashMap<>();

  /** Those that were kept, in the file's order. */
  Iterable<D> all() {
    return drafts.values();
  }

  Optional<D> find(String name) {
    return Optional.ofNullable(drafts.get(name));
  }

  /** A keyword whose blocks have names, and are kept only if {@code complete} says so. */
  static <D extends Draft> Keyword<GlobalDraft> keyword(
      String keyword,
      Function<GlobalDraft, NamedBlocks<D>> kept,
      Function<Token, D> start,
      Block<D> block,
      Completion<D> complete) {
    return Keyword.<GlobalDraft>custom(
            keyword,
            Keyword.Arity.NAMED_BLOCK,
            "NAME",
            (statement, globals, report) -> {
              D draft = start.apply(statement.arguments().get(0));
              statement.block().ifPresent(b -> block.read(b.statements(), draft, report));
              Token end =
                  statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
              if (complete.complete(draft, end, report)) {
                kept.apply(globals).add(keyword, statement.arguments().get(0), draft, report);
              }
            })
        .opens(block);
  }

  /** Looks at a block that has been read to its end. */
  interface Completion<D> {
    /**
     * Whether to keep it.
     *
     * @param end the closing brace, for remarks about what is missing
     */
    boolean complete(D draft, Token end, GrammarReport report);
  }

  /** COMPAT: of two with the same name keepalived uses the first, and says nothing. */
  private void add(String keyword, Token name, D draft, GrammarReport report) {
    if (drafts.putIfAbsent(name.text(), draft) != null) {
      report.aside(
          name,
          "duplicate-name",
          keyword + " " + name.text() + " is already defined - the first one counts");
    }
  }
}
