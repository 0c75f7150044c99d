package org.jkeepalived.status;

import java.util.List;
import java.util.Locale;

/** Writes one JSON object (RFC 8259), a member at a time; nothing that comes in breaks its form. */
final class JsonWriter {

  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  JsonWriter open() {
    text.append('{');
    first = true;
    return this;
  }

  JsonWriter open(String name) {
    name(name);
    return open();
  }

  JsonWriter close() {
    text.append('}');
    first = false;
    return this;
  }

  JsonWriter member(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonWriter member(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonWriter member(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** A number in digits, such as {@code 0.25}. */
  JsonWriter number(String name, String digits) {
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
      throw new IllegalArgumentException("no number: " + digits);
    }
    name(name);
    text.append(digits);
    return this;
  }

  JsonWriter member(String name, List<String> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",");
      quote(values.get(i));
    }
    text.append(']');
    return this;
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      // keepalived escapes the slash, which the RFC allows
      if (each == '"' || each == '\\' || each == '/') {
        text.append('\\').append(each);
      } else if (each < ' ' || each == 0x7f || Character.isSurrogate(each)) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
      } else {
        text.append(each);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
