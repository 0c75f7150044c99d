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
    StringBuilder quoted = new StringBuilder("\"");
    for (char each : text.toCharArray()) {
      if (each < ' ' || each >= 0x7f) {
        quoted.append(String.format("\\u%04x", (int) each));
      } else {
        quoted.append(each == '"' || each == '\\' ? "\\" : "").append(each);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text.length() <= mostCharacters
        ? text.toString()
        : text.substring(0, mostCharacters) + " ...";
  }
}
