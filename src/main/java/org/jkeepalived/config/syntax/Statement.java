package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One statement: a keyword, its arguments, and the block it opens, if any.
 *
 * @param words the keyword and its arguments, at least one
 * @param block what stands between its braces
 */
public record Statement(List<Token> words, Optional<Block> block) {
  public Statement {
    words = List.copyOf(words);
    Objects.requireNonNull(block);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a statement needs a keyword");
    }
  }

  /** The statement's first word. */
  public Token keyword() {
    return words.get(0);
  }

  /** The words after the keyword. */
  public List<Token> arguments() {
    return words.subList(1, words.size());
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
