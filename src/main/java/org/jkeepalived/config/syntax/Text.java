package org.jkeepalived.config.syntax;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Characters on their way to become words, which know where they came from.
 *
 * <p>Either all of them stand for one place (they came out of a parameter), or the characters stand
 * on the line one after the other from {@code column} on, or each has its own columns, because
 * something in the middle was replaced.
 */
final class Text {
  private static final int[] NONE = {};

  private final String chars;
  private final Place place;
  private final boolean generated;
  private final int column;
  private final int[] starts;
  private final int[] ends;
  private final int depth;
  private final int replacements;

  private Text(
      String chars,
      Place place,
      boolean generated,
      int column,
      int[] starts,
      int[] ends,
      int depth,
      int replacements) {
    this.chars = chars;
    this.place = place;
    this.generated = generated;
    this.column = column;
    this.starts = starts;
    this.ends = ends;
    this.depth = depth;
    this.replacements = replacements;
  }

  /** The characters of a line as they stand there. */
  static Text of(SourceLine line) {
    Place place = new Place(line, 0, line.text().length(), Optional.empty());
    return new Text(line.text(), place, false, 0, NONE, NONE, 0, 0);
  }

  /**
   * Characters that stand for a reference.
   *
   * @param depth how many references lie one in the other
   */
  static Text generated(String chars, Place place, int depth) {
    return new Text(chars, place, true, 0, NONE, NONE, depth, 0);
  }

  String chars() {
    return chars;
  }

  int length() {
    return chars.length();
  }

  char at(int index) {
    return chars.charAt(index);
  }

  int depth() {
    return depth;
  }

  /** How many references were replaced in it. */
  int replacements() {
    return replacements;
  }

  boolean isGenerated() {
    return generated;
  }

  SourceLine line() {
    return place.line();
  }

  /** Its characters as messages show them: COMPAT: keepalived knows at most 1,024 of a line. */
  String shown() {
    return chars.length() <= 1024 ? chars : chars.substring(0, 1024);
  }

  /** Where all of it stands. */
  Place place(Pool pool) {
    return place(0, length(), pool);
  }

  /** Where the characters from {@code from} up to {@code to} stand. */
  Place place(int from, int to, Pool pool) {
    if (generated) {
      return place;
    }
    if (starts.length == 0) {
      return pool.place(place.line(), column + from, column + to, place.definition());
    }
    if (from == to) {
      int at = from < starts.length ? starts[from] : ends[starts.length - 1];
      return pool.place(place.line(), at, at, place.definition());
    }
    return pool.place(place.line(), starts[from], ends[to - 1], place.definition());
  }

  Text sub(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    String part = chars.substring(from, to);
    if (starts.length == 0) {
      return with(part, column + from, NONE, NONE);
    }
    return from == to
        ? with(part, starts[Math.min(from, starts.length - 1)], NONE, NONE)
        : with(part, 0, Arrays.copyOfRange(starts, from, to), Arrays.copyOfRange(ends, from, to));
  }

  Text from(int index) {
    return sub(index, length());
  }

  /** Without the blanks at both ends. */
  Text trim() {
    int from = 0;
    int to = length();
    while (from < to && Blanks.isBlank(chars.charAt(from))) {
      from++;
    }
    while (from < to && Blanks.isBlank(chars.charAt(to - 1))) {
      to--;
    }
    return sub(from, to);
  }

  /** With the characters from {@code from} up to {@code to} replaced; the new ones stand there. */
  Text replace(int from, int to, String value) {
    String replaced =
        new StringBuilder(length() - (to - from) + value.length())
            .append(chars, 0, from)
            .append(value)
            .append(chars, to, length())
            .toString();
    int left = start(from);
    int right = end(to - 1);
    if (generated || replaced.isEmpty()) {
      return new Text(replaced, place, generated, left, NONE, NONE, depth, replacements + 1);
    }
    int[] newStarts = new int[replaced.length()];
    int[] newEnds = new int[replaced.length()];
    int shift = value.length() - (to - from);
    for (int i = 0; i < replaced.length(); i++) {
      if (i >= from && i < from + value.length()) {
        newStarts[i] = left;
        newEnds[i] = right;
      } else {
        int old = i < from ? i : i - shift;
        newStarts[i] = start(old);
        newEnds[i] = end(old);
      }
    }
    return new Text(replaced, place, false, 0, newStarts, newEnds, depth, replacements + 1);
  }

  /** Without some of its characters, of which the set holds the indexes. */
  Text without(BitSet dropped) {
    if (dropped.isEmpty()) {
      return this;
    }
    StringBuilder kept = new StringBuilder(length());
    int[] newStarts = new int[length() - dropped.cardinality()];
    int[] newEnds = new int[newStarts.length];
    for (int i = 0; i < length(); i++) {
      if (!dropped.get(i)) {
        newStarts[kept.length()] = start(i);
        newEnds[kept.length()] = end(i);
        kept.append(chars.charAt(i));
      }
    }
    return with(kept.toString(), 0, newStarts, newEnds);
  }

  /** The same, one level deeper. */
  Text deeper() {
    return new Text(chars, place, generated, column, starts, ends, depth + 1, replacements);
  }

  private Text with(String newChars, int newColumn, int[] newStarts, int[] newEnds) {
    return new Text(newChars, place, generated, newColumn, newStarts, newEnds, depth, replacements);
  }

  private int start(int index) {
    return starts.length == 0 ? column + index : starts[index];
  }

  private int end(int index) {
    return ends.length == 0 ? column + index + 1 : ends[index];
  }
}
