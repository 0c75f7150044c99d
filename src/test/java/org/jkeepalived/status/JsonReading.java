package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, numbers, truths, and an empty Optional for null.
 */
public final class JsonReading {

  private final String text;
  private int at;

  private JsonReading(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException it is not JSON
   */
  public static Object read(String text) {
    JsonReading reading = new JsonReading(text);
    Object value = reading.value();
    reading.blanks();
    if (reading.at < text.length()) {
      throw reading.wrong();
    }
    return value;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no JSON at " + at + ": " + text);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean takes(char wanted) {
    blanks();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void demand(char wanted) {
    if (!takes(wanted)) {
      throw wrong();
    }
  }

  private Object value() {
    blanks();
    if (takes('{')) {
      return object();
    }
    if (takes('[')) {
      return array();
    }
    if (takes('"')) {
      return string();
    }
    int begin = at;
    while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(begin, at);
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    if (word.equals("null")) {
      return Optional.empty();
    }
    if (!word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw wrong();
    }
    return Double.valueOf(word);
  }

  private Map<String, Object> object() {
    Map<String, Object> found = new LinkedHashMap<>();
    if (takes('}')) {
      return found;
    }
    do {
      demand('"');
      String name = string();
      demand(':');
      if (found.put(name, value()) != null) {
        throw wrong();
      }
    } while (takes(','));
    demand('}');
    return found;
  }

  private List<Object> array() {
    List<Object> found = new ArrayList<>();
    if (takes(']')) {
      return found;
    }
    do {
      found.add(value());
    } while (takes(','));
    demand(']');
    return found;
  }

  private String string() {
    StringBuilder found = new StringBuilder();
    for (; at < text.length() && text.charAt(at) != '"'; at++) {
      char each = text.charAt(at);
      if (each < ' ') {
        throw wrong();
      }
      if (each == '\\') {
        at++;
        int known = "\"\\/bfnrtu".indexOf(text.charAt(at));
        if (known < 0) {
          throw wrong();
        }
        if (text.charAt(at) == 'u') {
          found.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          found.append("\"\\/\b\f\n\r\t".charAt(known));
        }
      } else {
        found.append(each);
      }
    }
    at++;
    return found.toString();
  }
}
