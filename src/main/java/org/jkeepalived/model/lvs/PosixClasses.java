package org.jkeepalived.model.lvs;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The classes of POSIX in a regular expression, which PCRE knows and Java reads as letters. */
public final class PosixClasses {

  private static final Pattern CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("alnum", "Alnum"),
          Map.entry("alpha", "Alpha"),
          Map.entry("ascii", "ASCII"),
          Map.entry("blank", "Blank"),
          Map.entry("cntrl", "Cntrl"),
          Map.entry("digit", "Digit"),
          Map.entry("graph", "Graph"),
          Map.entry("lower", "Lower"),
          Map.entry("print", "Print"),
          Map.entry("punct", "Punct"),
          Map.entry("space", "Space"),
          Map.entry("upper", "Upper"),
          Map.entry("xdigit", "XDigit"));

  private PosixClasses() {}

  /** The expression in Java's words: {@code [[:alpha:]_]} becomes {@code [\\p{Alpha}_]}. */
  public static String inJava(String expression) {
    return CLASS.matcher(expression).replaceAll(found -> Matcher.quoteReplacement(inJava(found)));
  }

  private static String inJava(MatchResult found) {
    boolean not = !found.group(1).isEmpty();
    if (found.group(2).equals("word")) {
      return not ? "\\W" : "\\w";
    }
    String name = NAMES.get(found.group(2));
    return name == null ? found.group() : (not ? "\\P{" : "\\p{") + name + "}";
  }
}
