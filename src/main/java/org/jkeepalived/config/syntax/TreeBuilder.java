package org.jkeepalived.config.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Puts statements, opening and closing braces together to a tree, in the order they come. */
final class TreeBuilder {
  /** A block that is still open. */
  private static final class Open {
    private final Statement header;
    private final Token brace;
    private final List<Statement> statements = new ArrayList<>();

    /**
     * How many braces are open in it that belong to no statement: what they hold goes into this
     * block, and as many closing braces close nothing.
     */
    private int ignored;

    Open(Statement header, Token brace) {
      this.header = header;
      this.brace = brace;
    }
  }

  private final Pool pool;
  private final SyntaxReport report;
  private final Deque<Open> open = new ArrayDeque<>();

  /** What is outside all blocks. */
  private final Open top;

  /** Whether the last thing that came was a statement: a brace on the next line is then its own. */
  private boolean afterStatement;

  private int markedBlocks;
  private int markedStatements;

  TreeBuilder(Pool pool, SyntaxReport report) {
    this.pool = pool;
    this.report = report;
    SourceLine nowhere = new SourceLine("", 0, "", Optional.empty());
    Token none = new Token("", false, nowhere, 0, 0);
    this.top = new Open(new Statement(List.of(none), Optional.empty()), none);
  }

  /** Whether what comes next stands directly in a block of this keyword. */
  boolean isDirectlyIn(String keyword) {
    return open.size() == 1 && current().header.keyword().is(keyword);
  }

  void statement(List<Token> words, Optional<String> written) {
    current().statements.add(pool.statement(words, written));
    afterStatement = true;
  }

  void open(Text brace) {
    Open around = current();
    if (!afterStatement) {
      report.warning("unexpected-brace", "Unexpected '{' - ignoring", brace);
      around.ignored++;
      return;
    }
    afterStatement = false;
    if (open.size() == Limits.DEEPEST) {
      report.fatal(
          "nested-too-deep",
          "Blocks are nested more than " + Limits.DEEPEST + " deep",
          brace,
          "Close the blocks that are open");
      around.ignored++;
      return;
    }
    Statement header = around.statements.remove(around.statements.size() - 1);
    open.push(new Open(header, pool.token("{", false, brace.place(pool))));
  }

  void close(Text brace) {
    afterStatement = false;
    Open block = current();
    if (block.ignored > 0) {
      block.ignored--;
    } else if (open.isEmpty()) {
      report.warning("extra-brace", "Extra '}' found", brace);
    } else {
      end(Optional.of(pool.token("}", false, brace.place(pool))));
    }
  }

  /** Remembers what there is, for {@link #backToMark}. */
  void mark() {
    markedBlocks = open.size();
    markedStatements = current().statements.size();
  }

  /** Forgets what came since {@link #mark}, as far as it did not end the block of that moment. */
  void backToMark() {
    closeTo(markedBlocks);
    List<Statement> statements = current().statements;
    if (open.size() == markedBlocks && statements.size() > markedStatements) {
      statements.subList(markedStatements, statements.size()).clear();
    }
  }

  private void closeTo(int blocks) {
    while (open.size() > blocks) {
      end(Optional.empty());
    }
  }

  /** Says which blocks are still open. */
  void reportOpen() {
    List<Token> unclosed = new ArrayList<>();
    for (Iterator<Open> outermostFirst = open.descendingIterator(); outermostFirst.hasNext(); ) {
      unclosed.add(outermostFirst.next().brace);
    }
    if (!unclosed.isEmpty()) {
      report.add(
          "unclosed-block",
          Diagnostic.Severity.WARNING,
          "There are " + unclosed.size() + " missing '}'s or extra '{'s",
          Optional.of(unclosed.get(0)),
          Optional.of("Close the block that opens here"),
          unclosed.subList(1, unclosed.size()));
    }
  }

  /** All statements; blocks that are still open end here. */
  List<Statement> finish() {
    closeTo(0);
    return top.statements;
  }

  private void end(Optional<Token> close) {
    Open block = open.pop();
    Statement.Block inner = new Statement.Block(block.brace, block.statements, close);
    current().statements.add(pool.withBlock(block.header, inner));
  }

  private Open current() {
    return open.isEmpty() ? top : open.peek();
  }
}
