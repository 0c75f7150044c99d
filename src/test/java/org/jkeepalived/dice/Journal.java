package org.jkeepalived.dice;

import java.util.function.Supplier;

/** What was drawn, for the message of a test that failed. */
final class Journal {

  /** Writes nothing. */
  static final Journal CLOSED = new Journal(0);

  private final int mostCharacters;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param mostCharacters what is longer is cut
   */
  Journal(int mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  void note(Supplier<String> value) {
    if (text.length() < mostCharacters) {
      text.append(text.length() == 0 ? "" : " | ").append(value.get());
    }
  }

  /** As in a Java source. */
  static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + visible(escaped) + '"';
  }

  /** With visible escapes for what a terminal or an editor would not show as it is. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    for (char each : text.toCharArray()) {
      boolean plain = each >= ' ' && each < 0x7f || each == '\n' || each == '\t';
      visible.append(plain ? String.valueOf(each) : String.format("\\u%04x", (int) each));
    }
    return visible.toString();
  }

  @Override
  public String toString() {
    return text.length() <= mostCharacters
        ? text.toString()
        : text.substring(0, mostCharacters) + " ...";
  }
}
