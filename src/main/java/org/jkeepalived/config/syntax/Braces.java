package org.jkeepalived.config.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Expands csh's braces: {@code {foo/{,cat,dog},bar}} stands for four names. */
final class Braces {
  /** More alternatives than anybody writes by hand. */
  private static final int MOST = 1024;

  private Braces() {}

  /**
   * All alternatives in the order they are written; just the pattern where it has no braces.
   *
   * @return empty where there are more than 1024
   */
  static Optional<List<String>> expand(String pattern) {
    List<String> done = new ArrayList<>();
    List<String> todo = new ArrayList<>(List.of(pattern));
    while (!todo.isEmpty()) {
      String next = todo.remove(todo.size() - 1);
      int[] closing = closing(next);
      int open = 0;
      while (open < next.length() && closing[open] <= open + 1) {
        open++;
      }
      if (open == next.length()) {
        done.add(next);
      } else {
        int close = closing[open];
        List<String> parts = parts(next.substring(open + 1, close));
        // the last one first: the list is taken from its end
        for (int i = parts.size() - 1; i >= 0; i--) {
          todo.add(next.substring(0, open) + parts.get(i) + next.substring(close + 1));
        }
      }
      if (done.size() + todo.size() > MOST) {
        return Optional.empty();
      }
    }
    return Optional.of(done);
  }

  /** For each opening brace the index of its closing one; 0 elsewhere. */
  private static int[] closing(String pattern) {
    int[] closing = new int[pattern.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '{') {
        open.push(i);
      } else if (pattern.charAt(i) == '}' && !open.isEmpty()) {
        closing[open.pop()] = i;
      }
    }
    return closing;
  }

  private static List<String> parts(String inside) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(inside.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(inside.substring(from));
    return parts;
  }
}
