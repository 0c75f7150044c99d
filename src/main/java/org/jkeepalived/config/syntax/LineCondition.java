package org.jkeepalived.config.syntax;

/**
 * A line's condition: {@code @ID} or {@code @^ID}.
 *
 * @param holds whether the rest of the line counts
 * @param rest what follows the condition
 */
record LineCondition(boolean holds, Text rest) {

  /** Reads the condition of a text that starts with {@code @}. */
  static LineCondition of(Text text, String configurationId) {
    boolean negated = text.length() > 1 && text.at(1) == '^';
    int from = negated ? 2 : 1;
    int end = from;
    while (end < text.length() && !Blanks.isBlank(text.at(end))) {
      end++;
    }
    boolean same = text.chars().substring(from, end).equals(configurationId);
    return new LineCondition(same != negated, text.from(end));
  }
}
