package org.jkeepalived.config.syntax;

/** The wildcards of glob(7) within one name: {@code *}, {@code ?}, {@code [...]}, backslash. */
final class Wildcards {
  private Wildcards() {}

  /** Whether a pattern has any. */
  static boolean in(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0 || pattern.indexOf('[') >= 0;
  }

  /** Where the first one stands; the pattern's length where there is none. */
  static int first(String pattern) {
    for (int at = 0; at < pattern.length(); at++) {
      if ("*?[".indexOf(pattern.charAt(at)) >= 0) {
        return at;
      }
    }
    return pattern.length();
  }

  /** Whether a name fits; a dot at its start must be written out. */
  static boolean match(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length()) {
      int end =
          p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, name.charAt(n)) : 0;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starName = n;
      } else if (end > 0) {
        p = end;
        n++;
      } else if (star >= 0) {
        // let the last star take one character more
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** The index behind what matches {@code c} at {@code at}; 0 where it does not. */
  private static int one(String pattern, int at, char c) {
    char p = pattern.charAt(at);
    if (p == '?') {
      return at + 1;
    }
    if (p == '\\' && at + 1 < pattern.length()) {
      return pattern.charAt(at + 1) == c ? at + 2 : 0;
    }
    if (p == '[') {
      int set = at + 1;
      boolean negated = set < pattern.length() && "!^".indexOf(pattern.charAt(set)) >= 0;
      set += negated ? 1 : 0;
      int close = pattern.indexOf(']', set + 1);
      if (close > 0) {
        return inSet(pattern.substring(set, close), c) != negated ? close + 1 : 0;
      }
    }
    return p == c ? at + 1 : 0;
  }

  private static boolean inSet(String set, char c) {
    for (int i = 0; i < set.length(); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        if (set.charAt(i) <= c && c <= set.charAt(i + 2)) {
          return true;
        }
        i += 2;
      } else if (set.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }
}
