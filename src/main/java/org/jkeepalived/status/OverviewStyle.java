package org.jkeepalived.status;

import java.util.Objects;
import java.util.Optional;

/**
 * How an overview looks.
 *
 * @param coloured for a terminal: what is well is green, what waits yellow, what is wrong red
 * @param chosen the one instance, group or virtual server that is asked for; all if empty
 */
public record OverviewStyle(boolean coloured, Optional<String> chosen) {

  /** What a word is painted in. */
  enum Paint {
    PLAIN(""),
    TITLE("1"),
    GOOD("32"),
    WAITING("33"),
    BAD("31;1");

    private final String code;

    Paint(String code) {
      this.code = code;
    }
  }

  public OverviewStyle {
    Objects.requireNonNull(chosen);
  }

  String paint(Paint paint, String text) {
    return coloured && paint != Paint.PLAIN && !text.isEmpty()
        ? "\033[" + paint.code + "m" + text + "\033[0m"
        : text;
  }

  /** Whether something of that name is asked for. */
  boolean shows(String name) {
    return chosen.isEmpty() || chosen.get().equals(name);
  }
}
