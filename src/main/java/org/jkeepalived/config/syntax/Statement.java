package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One statement: a keyword, its arguments, and the block it opens, if any.
 *
 * @param words the keyword and its arguments as plain words, at least one
 * @param block what stands between its braces
 * @param written the statement's text with parameters and sequences resolved, where it holds a
 *     quote or a backslash; empty where the words tell it all
 */
public record Statement(List<Token> words, Optional<Block> block, Optional<String> written) {
  public Statement {
    words = List.copyOf(words);
    Objects.requireNonNull(block);
    Objects.requireNonNull(written);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a statement needs a keyword");
    }
  }

  /** A statement without quotes or backslashes. */
  public Statement(List<Token> words, Optional<Block> block) {
    this(words, block, Optional.empty());
  }

  /** The statement's first word. */
  public Token keyword() {
    return words.get(0);
  }

  /** The plain words after the keyword. */
  public List<Token> arguments() {
    return words.subList(1, words.size());
  }

  /**
   * The keyword and its arguments as keepalived reads them for keywords that name a script: both
   * quotes quote, adjacent strings join, backslash escapes are resolved.
   */
  public EscapedWords escapedWords() {
    return EscapedWords.of(this);
  }

  /**
   * The statements between two braces.
   *
   * @param open the opening brace
   * @param statements what stands inside, in order
   * @param close the closing brace; empty where the file ended first
   */
  public record Block(Token open, List<Statement> statements, Optional<Token> close) {
    public Block {
      Objects.requireNonNull(open);
      statements = List.copyOf(statements);
      Objects.requireNonNull(close);
    }
  }
}
