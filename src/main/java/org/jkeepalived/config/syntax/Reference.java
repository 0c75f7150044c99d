package org.jkeepalived.config.syntax;

/**
 * Something of the form {@code $NAME}, {@code ${NAME}} or {@code ${NAME ARGUMENTS}}.
 *
 * @param name the parameter's name
 * @param arguments what follows the name between the braces, trimmed
 * @param start the index of the dollar sign
 * @param end the index behind it
 * @param braced whether it is written with braces
 */
record Reference(String name, String arguments, int start, int end, boolean braced) {
  /** What may stand behind a name without braces. */
  enum Follower {
    /** Only a blank or the end of the line: everywhere but in a sequence's parentheses. */
    BLANK,
    /** Whatever cannot belong to the name. */
    ANY
  }

  /** A reference that does not exist. */
  static final Reference NONE = new Reference("", "", 0, 0, false);

  /** The reference whose dollar sign is at {@code start}, or {@link #NONE}. */
  static Reference at(String text, int start, Follower follower) {
    int from = start + 1;
    if (from < text.length() && text.charAt(from) == '{') {
      return braced(text, start);
    }
    int end = Blanks.nameEnd(text, from);
    if (end == from
        || (follower == Follower.BLANK
            && end < text.length()
            && !Blanks.isBlank(text.charAt(end)))) {
      return NONE;
    }
    return new Reference(text.substring(from, end), "", start, end, false);
  }

  boolean isNone() {
    return end == 0;
  }

  private static Reference braced(String text, int start) {
    int nameEnd = Blanks.nameEnd(text, start + 2);
    if (nameEnd == start + 2) {
      return NONE;
    }
    int close = nameEnd;
    while (close < text.length() && "}{\"$".indexOf(text.charAt(close)) < 0) {
      close++;
    }
    if (close == text.length() || text.charAt(close) != '}') {
      return NONE;
    }
    String arguments = text.substring(nameEnd, close);
    if (!arguments.isEmpty() && !Blanks.isBlank(arguments.charAt(0))) {
      return NONE;
    }
    String name = text.substring(start + 2, nameEnd);
    return new Reference(name, arguments.trim(), start, close + 1, true);
  }
}
