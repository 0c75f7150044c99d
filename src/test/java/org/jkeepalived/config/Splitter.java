package org.jkeepalived.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.config.syntax.SourceLine;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.SyntaxTree;
import org.jkeepalived.config.syntax.Token;

/** As much of the language as the tests of the grammar need. */
final class Splitter {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");

  private record Open(List<Token> words, Token brace, List<Statement> statements) {}

  static SyntaxTree split(String file, String text) {
    Deque<Open> stack = new ArrayDeque<>();
    List<Statement> top = new ArrayList<>();
    List<Statement> current = top;
    int number = 0;
    List<Token> pending = List.of();
    for (String physical : text.split("\n", -1)) {
      SourceLine line = new SourceLine(file, ++number, physical, Optional.empty());
      List<Token> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(physical.replaceFirst("[!#].*", ""));
      while (matcher.find()) {
        String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        Token token =
            new Token(word, matcher.group(1) != null, line, matcher.start(), matcher.end());
        if (token.is("{") && !token.quoted()) {
          List<Token> head = words.isEmpty() ? pending : List.copyOf(words);
          if (words.isEmpty()) {
            current.remove(current.size() - 1);
          }
          Open open = new Open(head, token, current);
          stack.push(open);
          current = new ArrayList<>();
          words.clear();
        } else if (token.is("}") && !token.quoted()) {
          if (!words.isEmpty()) {
            current.add(new Statement(words, Optional.empty()));
            words.clear();
          }
          if (!stack.isEmpty()) {
            Open open = stack.pop();
            Statement.Block block = new Statement.Block(open.brace(), current, Optional.of(token));
            current = open.statements();
            current.add(new Statement(open.words(), Optional.of(block)));
          }
        } else {
          words.add(token);
        }
      }
      if (!words.isEmpty()) {
        current.add(new Statement(words, Optional.empty()));
        pending = List.copyOf(words);
      }
    }
    return new SyntaxTree(top, List.of());
  }

  private Splitter() {}
}
