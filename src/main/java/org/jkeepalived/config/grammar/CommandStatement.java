package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.EscapedWords;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * A command as it was written: {@code KEYWORD COMMAND [USER [GROUP]]}. Whom it runs as shows only
 * when the whole file has been read: {@link Commands}.
 *
 * @param keyword what it is configured as
 * @param place the word that holds the program and its arguments
 * @param words the program and its arguments, at least one
 * @param user whom it runs as
 * @param group with which group
 */
record CommandStatement(
    Token keyword, Token place, List<String> words, Optional<Token> user, Optional<Token> group) {
  CommandStatement {
    words = List.copyOf(words);
  }

  /** Reads a statement; empty, with the reason reported, when there is no command in it. */
  static Optional<CommandStatement> read(Statement statement, GrammarReport report) {
    EscapedWords written = statement.escapedWords();
    if (written.error().isPresent()) {
      report.warn(statement.keyword(), "bad-quotes", written.error().get());
      return Optional.empty();
    }
    return written.words().size() < 2 ? Optional.empty() : of(statement, written, report);
  }

  private static Optional<CommandStatement> of(
      Statement statement, EscapedWords written, GrammarReport report) {
    Token command = written.words().get(1);
    EscapedWords split = written.inside(1);
    if (split.error().isPresent()) {
      report.warn(command, "bad-quotes", split.error().get());
      return Optional.empty();
    }
    if (split.words().isEmpty() || split.words().get(0).text().isEmpty()) {
      report.aside(
          command, "no-program", "Unable to parse script '" + command.text() + "' - ignoring");
      return Optional.empty();
    }
    Optional<String> operator = ShellLine.operator(command.text());
    operator.ifPresent(
        found -> report.aside(command, "shell-line", ShellLine.warning(command, found)));
    return Optional.of(
        new CommandStatement(
            statement.keyword(),
            command,
            operator.isPresent()
                ? ShellLine.words(command.text())
                : split.words().stream().map(Token::text).toList(),
            written.words().stream().skip(2).findFirst(),
            written.words().stream().skip(3).findFirst()));
  }

  /** The same as another user. */
  CommandStatement as(Token otherUser, Optional<Token> otherGroup) {
    return new CommandStatement(keyword, place, words, Optional.of(otherUser), otherGroup);
  }

  /** The same, as nobody in particular. */
  CommandStatement withoutUser() {
    return new CommandStatement(keyword, place, words, Optional.empty(), Optional.empty());
  }

  /** The words as keepalived shows them. */
  String shown() {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(text.isEmpty() ? "'" : " '").append(word).append('\''));
    return text.toString();
  }
}
