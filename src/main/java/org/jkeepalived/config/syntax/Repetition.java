package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jkeepalived.model.CNumber;

/**
 * What {@code ~SEQ}, {@code ~SEQx} and {@code ~LST} ask for: a line to be read once for each set of
 * values.
 *
 * @param variables the parameters that it sets, at least one
 * @param values for each turn the values of the variables, in their order; missing ones are empty
 * @param error why it cannot be carried out, in keepalived's words; then there are no values
 */
record Repetition(List<String> variables, Iterator<List<String>> values, Optional<String> error) {

  /** Whether a line starts like one. */
  static boolean startsAt(String line) {
    return line.startsWith("~SEQ") || line.startsWith("~LST");
  }

  /** Reads one from the start of {@code line} up to {@code close}, its closing parenthesis. */
  static Repetition of(String line, int close) {
    int open = line.indexOf('(');
    String kind = open < 0 ? "" : line.substring(1, open).trim();
    String inside = open < 0 || close < open ? "" : line.substring(open + 1, close);
    return switch (kind) {
      case "SEQ" -> sequence(line, inside, false);
      case "SEQx" -> sequence(line, inside, true);
      case "LST" -> list(line, inside);
      default -> invalid(line, line.startsWith("~LST") ? "~LST" : "~SEQ");
    };
  }

  /** A line that starts like one but is none. */
  static Repetition invalid(String line, String kind) {
    return failed("Invalid " + kind + " specification", line);
  }

  private static Repetition sequence(String line, String inside, boolean hexadecimal) {
    String[] parts = inside.split(",", -1);
    String variable = parts[0].trim();
    List<Long> numbers = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      CNumber.whole(parts[i].trim()).ifPresent(numbers::add);
    }
    if (!isName(variable) || numbers.size() != parts.length - 1 || parts.length < 2) {
      return failed("Invalid ~SEQ definition", line);
    }
    if (parts.length > 4) {
      return failed("Invalid ~SEQ definition", line);
    }
    long end = numbers.get(numbers.size() - 1);
    long start = numbers.size() > 1 ? numbers.get(0) : end < 0 ? -1 : 1;
    long step = numbers.size() > 2 ? numbers.get(1) : end < start ? -1 : 1;
    if (step == 0 || (step > 0 ? end < start : end > start)) {
      return failed("Invalid ~SEQ values", line);
    }
    if (hexadecimal && (start < 0 || end < 0)) {
      return failed("~SEQx is only valid for positive numbers", line);
    }
    return new Repetition(
        List.of(variable), new Steps(start, step, end, hexadecimal), Optional.empty());
  }

  private static Repetition list(String line, String inside) {
    List<List<String>> items = new ArrayList<>();
    int at = 0;
    boolean more = true;
    while (more) {
      int from = skipBlanks(inside, at);
      boolean group = from < inside.length() && inside.charAt(from) == '{';
      int to = inside.indexOf(group ? '}' : ',', from);
      if (to < 0 && group) {
        return invalid(line, "~LST");
      }
      to = to < 0 ? inside.length() : to;
      String item = inside.substring(group ? from + 1 : from, to);
      List<String> values = new ArrayList<>();
      for (String value : group ? item.split(",", -1) : new String[] {item}) {
        values.add(value.trim());
        if (value.trim().chars().anyMatch(c -> Blanks.isBlank((char) c))) {
          return invalid(line, "~LST");
        }
      }
      items.add(values);
      at = group ? skipBlanks(inside, to + 1) : to;
      more = at < inside.length();
      if (more && inside.charAt(at) != ',') {
        return invalid(line, "~LST");
      }
      at++;
    }
    List<String> variables = items.remove(0);
    if (items.isEmpty() || !variables.stream().allMatch(Repetition::isName)) {
      return invalid(line, "~LST");
    }
    for (List<String> values : items) {
      if (values.size() > variables.size()) {
        return failed("~LST specification has too many values", line);
      }
    }
    return new Repetition(variables, items.iterator(), Optional.empty());
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Blanks.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && Blanks.nameEnd(text, 0) == text.length();
  }

  private static Repetition failed(String error, String line) {
    return new Repetition(
        List.of(), List.<List<String>>of().iterator(), Optional.of(error + " '" + line + "'"));
  }

  /** The numbers of a sequence, made when they are asked for. */
  private static final class Steps implements Iterator<List<String>> {
    private final long step;
    private final long end;
    private final boolean hexadecimal;
    private long next;

    Steps(long start, long step, long end, boolean hexadecimal) {
      this.next = start;
      this.step = step;
      this.end = end;
      this.hexadecimal = hexadecimal;
    }

    @Override
    public boolean hasNext() {
      return step > 0 ? next <= end : next >= end;
    }

    @Override
    public List<String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long value = next;
      next += step;
      return List.of(hexadecimal ? Long.toHexString(value) : Long.toString(value));
    }
  }
}
