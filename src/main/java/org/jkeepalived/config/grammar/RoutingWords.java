package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.routing.Prefix;

/**
 * The words of one line of routes or rules, read one after the other; the first thing that is wrong
 * with the line leaves it out.
 */
final class RoutingWords {

  static final String CODE = "bad-routing";

  private final List<Token> words;
  private final GrammarReport report;
  private int next;
  private boolean usable = true;

  RoutingWords(Statement line, GrammarReport report) {
    words = line.words();
    this.report = report;
  }

  boolean hasNext() {
    return usable && next < words.size();
  }

  Token next() {
    return words.get(next++);
  }

  /** Whether that word comes next; it is skipped then. */
  boolean skip(String word) {
    boolean found = next < words.size() && words.get(next).is(word);
    next += found ? 1 : 0;
    return found;
  }

  /** Nothing more is read of the line. */
  void skipRest() {
    next = words.size();
  }

  /** The last word once more. */
  void back() {
    next--;
  }

  /**
   * The word after an option; without it the configuration cannot run.
   *
   * @return empty, and the line is not usable, where there is none
   */
  Optional<Token> argument() {
    if (next < words.size()) {
      return Optional.of(words.get(next++));
    }
    Token option = words.get(next - 1);
    report.at(
        option,
        Severity.FATAL,
        Grammar.MISSING_PARAMETER_CODE,
        "*** Configuration line starting `"
            + words.get(0).text()
            + "` is missing a parameter after keyword `"
            + option.text()
            + "` at word position "
            + (next + 1));
    usable = false;
    return Optional.empty();
  }

  boolean isUsable() {
    return usable;
  }

  /** Where the line begins. */
  Token place() {
    return words.get(0);
  }

  void warn(Token word, String message) {
    report.warn(word, CODE, message);
  }

  /** Says what is wrong, and leaves the line out. */
  void drop(Token word, String message) {
    report.warn(word, CODE, message);
    usable = false;
  }

  /** The same, and what to do about it. */
  void drop(Token word, String message, String remedy) {
    report.at(word, Severity.WARNING, CODE, message, remedy);
    usable = false;
  }

  /**
   * A whole number that stands after an option.
   *
   * @param wrong what to say of what is none, with the word where {@code {value}} stands
   */
  <V> Optional<V> number(Argument<V> type, String wrong) {
    Optional<Token> word = argument();
    return word.isEmpty() ? Optional.empty() : number(word.get(), type, wrong);
  }

  /** The same of 32 bits without a sign, where 0x10 is one, too. */
  Optional<Long> anyBase(String wrong) {
    Optional<Token> word = argument();
    if (word.isPresent() && word.get().text().startsWith("0x")) {
      OptionalLong number = IprouteNames.parse(word.get().text());
      if (number.isPresent()) {
        return Optional.of(number.getAsLong());
      }
    }
    return word.flatMap(one -> number(one, Argument.unsigned(), wrong));
  }

  /** The same of a word that has been read. */
  <V> Optional<V> number(Token word, Argument<V> type, String wrong) {
    Argument.Parsed<V> parsed = type.parser().apply(word.text());
    parsed.complaint().ifPresent(complaint -> warn(word, complaint));
    if (parsed.value().isEmpty()) {
      drop(word, wrong.replace("{value}", word.text()));
    }
    return parsed.value();
  }

  /**
   * A number, or a name of iproute2's.
   *
   * @param wrong as with {@link #number}
   */
  OptionalLong named(IprouteNames names, IprouteNames.File file, long most, String wrong) {
    Optional<Token> word = argument();
    if (word.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong number = names.number(file, word.get().text(), most);
    if (number.isEmpty()) {
      drop(word.get(), wrong.replace("{value}", word.get().text()), names.remedy(file));
    }
    return number;
  }

  /**
   * An address after an option.
   *
   * @param wrong as with {@link #number}
   */
  Optional<InetAddress> address(String wrong) {
    Optional<Token> word = argument();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = Addresses.ip(word.get().text());
    if (address.isEmpty()) {
      notAnAddress(word.get(), wrong);
    }
    return address;
  }

  private void notAnAddress(Token word, String wrong) {
    warn(word, "VRRP parsed invalid IP " + word.text() + ". skipping IP...");
    drop(word, wrong.replace("{value}", word.text()));
  }

  /** An address with or without the length of a prefix; 0.0.0.0/0 for default, any and all. */
  Optional<Prefix> prefix(Token word, String wrong) {
    String text = word.text();
    if (isDefault(text)) {
      return Optional.of(new Prefix(Addresses.ofBytes(new byte[4]), 0));
    }
    int slash = text.indexOf('/');
    Optional<InetAddress> address = Addresses.ip(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      notAnAddress(word, wrong);
      return Optional.empty();
    }
    int bits = Byte.SIZE * address.get().getAddress().length;
    return Optional.of(
        new Prefix(
            address.get(), slash < 0 ? bits : length(word, text.substring(slash + 1), bits)));
  }

  private int length(Token word, String text, int bits) {
    Argument.Parsed<Integer> parsed = Argument.integer(0, bits).parser().apply(text);
    parsed
        .complaint()
        .ifPresent(
            complaint -> {
              warn(word, complaint);
              warn(
                  word,
                  "Invalid address prefix len "
                      + text
                      + " for address "
                      + word.text()
                      + " - using "
                      + bits);
            });
    return parsed.value().orElse(bits);
  }

  static boolean isDefault(String word) {
    return word.equals("default") || word.equals("any") || word.equals("all");
  }
}
