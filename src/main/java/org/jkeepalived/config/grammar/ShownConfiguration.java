package org.jkeepalived.config.grammar;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.config.syntax.SourceLine;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * A configuration as it is understood, for {@code config show}: what was included stands where it
 * counts, parameters are what they stand for, each line says where it comes from, and what is not
 * written is there with its default, as a comment. Passwords are hidden.
 */
public final class ShownConfiguration {

  private static final String INDENT = "  ";
  private static final int COLUMN = 48;
  private static final String HIDDEN = "********";

  private final Consumer<String> lines;

  private ShownConfiguration(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Hands out the lines of what was read, which can be read again. */
  public static void write(List<Statement> statements, Consumer<String> lines) {
    ShownConfiguration shown = new ShownConfiguration(lines);
    statements.forEach(
        statement ->
            shown.statement(statement, Optional.of(TopKeywords.BLOCK), "", Optional.empty()));
  }

  /**
   * @param port where a server is spoken to, if not where its line says
   */
  private void statement(
      Statement statement, Optional<Block<?>> around, String indent, Optional<ShownPort> port) {
    StringBuilder text = new StringBuilder(indent);
    boolean secret = isSecret(statement.keyword().text());
    for (int i = 0; i < statement.words().size(); i++) {
      Token word = statement.words().get(i);
      text.append(i == 0 ? "" : " ").append(i > 0 && secret ? HIDDEN : written(word));
      if (i == 1 && port.isPresent()) {
        text.append(port.get().text().isEmpty() ? "" : " " + port.get().text());
        break;
      }
    }
    String note = port.map(other -> ", " + other.remark()).orElse("");
    Optional<Keyword<?>> keyword = around.flatMap(block -> find(block, statement));
    if (around.isPresent() && keyword.isEmpty()) {
      line("# not understood: " + text.toString().strip(), statement.keyword(), "");
      return;
    }
    if (statement.block().isEmpty()) {
      line(text.toString(), statement.keyword(), note);
      return;
    }
    line(text + " {", statement.keyword(), note);
    Optional<Block<?>> inside = keyword.flatMap(Keyword::inside);
    List<Statement> statements = statement.block().get().statements();
    statements.forEach(
        one -> statement(one, inside, indent + INDENT, ShownPort.of(statement, one)));
    inside.ifPresent(block -> defaults(block, statements, indent + INDENT));
    lines.accept(indent + "}");
  }

  private static Optional<Keyword<?>> find(Block<?> block, Statement statement) {
    for (Keyword<?> keyword : block.keywords()) {
      if (keyword.name().equals(statement.keyword().text())) {
        return Optional.of(keyword);
      }
    }
    return Optional.empty();
  }

  /** What holds of all that is not written, in whichever spelling, but for old spellings. */
  private void defaults(Block<?> block, List<Statement> statements, String indent) {
    Set<String> written = new HashSet<>();
    statements.forEach(statement -> written.add(statement.keyword().text()));
    for (Keyword<?> keyword : block.keywords()) {
      if (written.contains(keyword.name())) {
        keyword.facts().replacedBy().ifPresent(written::add);
      }
    }
    for (Keyword<?> keyword : block.keywords()) {
      Standard standard = keyword.facts().standard();
      if (written.contains(keyword.name()) || keyword.facts().replacedBy().isPresent()) {
        continue;
      }
      String note = standard.note().isEmpty() ? "" : ", " + standard.note();
      switch (standard.kind()) {
        case NONE -> {
          // it says nothing unless it is there
        }
        case WRITTEN ->
            comment(indent + "# " + keyword.name() + " " + standard.text(), "default" + note);
        case OF_GLOBAL ->
            comment(indent + "# " + keyword.name(), "as global_defs says: " + standard.text());
        case IN_WORDS ->
            comment(indent + "# " + keyword.name(), "default: " + standard.text() + note);
      }
    }
  }

  private void line(String text, Token keyword, String note) {
    SourceLine line = keyword.line();
    comment(text, line.file() + ":" + line.number() + note);
  }

  private void comment(String text, String remark) {
    lines.accept(text + " ".repeat(Math.max(1, COLUMN - text.length())) + "# " + remark);
  }

  private static boolean isSecret(String keyword) {
    return keyword.equals("auth_pass") || keyword.contains("password");
  }

  private static String written(Token word) {
    boolean quotes = word.quoted() || word.text().isEmpty() || word.text().matches(".*[\\s{}#!].*");
    return quotes ? "\"" + word.text() + "\"" : word.text();
  }
}
