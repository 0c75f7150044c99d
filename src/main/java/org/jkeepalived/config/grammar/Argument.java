package org.jkeepalived.config.grammar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The type of a keyword's argument.
 *
 * @param values what it may be
 * @param parser from text to value
 */
record Argument<V>(Values values, Function<String, Parsed<V>> parser) {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]*");
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final BigDecimal UNSIGNED_MAX = BigDecimal.valueOf(0xFFFF_FFFFL);
  private static final BigDecimal SIGNED_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
  private static final BigDecimal SIGNED_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

  private static final String LONG_MAX_TIME = "18446744073709.551614";
  private static final BigDecimal DECIMAL_MAX = new BigDecimal("18446744073709.551615");
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(9_000_000_000L);

  /** keepalived keeps microseconds. */
  private static final int DECIMALS = 6;

  /** The largest number of seconds whose microseconds keepalived keeps in 32 bits. */
  static final long MAX_SECONDS = 4294;

  /** The largest time whose microseconds keepalived keeps in 32 bits. */
  static final String MAX_TIME = "4294.967295";

  /**
   * A value, or why there is none.
   *
   * @param complaint keepalived's general wording; empty where only the keyword's own is said
   */
  record Parsed<V>(Optional<V> value, Optional<String> complaint) {
    static <V> Parsed<V> of(V value) {
      return new Parsed<>(Optional.of(value), Optional.empty());
    }

    static <V> Parsed<V> complaint(String text) {
      return new Parsed<>(Optional.empty(), Optional.of(text));
    }

    static <V> Parsed<V> wrong() {
      return new Parsed<>(Optional.empty(), Optional.empty());
    }

    <W> Parsed<W> map(Function<V, W> convert) {
      return new Parsed<>(value.map(convert), complaint);
    }
  }

  /** The same, as another value. */
  <W> Argument<W> map(Function<V, W> convert) {
    return new Argument<>(values, text -> parser.apply(text).map(convert));
  }

  /** on, off, true, false, yes or no. */
  static Argument<Boolean> bool() {
    return new Argument<>(
        new Values("BOOL", Optional.empty(), List.of("on", "off", "true", "false", "yes", "no")),
        text -> truth(text).map(Parsed::of).orElseGet(Parsed::wrong));
  }

  static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "on", "true", "yes" -> Optional.of(true);
      case "off", "false", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  static Argument<Integer> integer(int min, int max) {
    return whole("INTEGER", BigDecimal.valueOf(min), BigDecimal.valueOf(max))
        .map(BigDecimal::intValueExact);
  }

  /**
   * The same, from a {@code min} of 0 or more, where keepalived reads a sign all the same: what is
   * negative is answered by the range.
   */
  static Argument<Integer> signed(int min, int max) {
    Argument<Integer> whole = integer(min, max);
    String range = new Values.Range(BigDecimal.valueOf(min), BigDecimal.valueOf(max), 0).text();
    return new Argument<>(
        whole.values(),
        text ->
            NEGATIVE.matcher(text).matches()
                ? Parsed.complaint("number '" + text + "' outside range " + range)
                : whole.parser().apply(text));
  }

  /** A whole number that fits into 32 bits without a sign. */
  static Argument<Long> unsigned() {
    return unsigned(0);
  }

  /** The same, from {@code min}. */
  static Argument<Long> unsigned(long min) {
    return whole("INTEGER", BigDecimal.valueOf(min), UNSIGNED_MAX).map(BigDecimal::longValueExact);
  }

  /** Whole seconds from {@code min} to {@code max}, as nanoseconds. */
  static Argument<Long> wholeSeconds(long min, long max) {
    return whole("SECONDS", BigDecimal.valueOf(min), BigDecimal.valueOf(max)).map(Argument::nanos);
  }

  /** Whole seconds in 32 bits, as nanoseconds. */
  static Argument<Long> unsignedSeconds() {
    return whole("SECONDS", BigDecimal.ZERO, UNSIGNED_MAX).map(Argument::nanos);
  }

  private static Argument<BigDecimal> whole(String type, BigDecimal min, BigDecimal max) {
    Values.Range range = new Values.Range(min, max, 0);
    return new Argument<>(Values.number(type, range), text -> number(text, INTEGER, range, range));
  }

  /**
   * Seconds from 0 to {@code max} with a fraction, as nanoseconds, where keepalived 2.2 takes whole
   * ones only and tells the range so.
   */
  static Argument<Long> fractionalSeconds(long max) {
    Values.Range range = new Values.Range(BigDecimal.ZERO, BigDecimal.valueOf(max), DECIMALS);
    Values.Range told = new Values.Range(range.min(), range.max(), 0);
    return new Argument<>(
        Values.number("SECONDS", range),
        text -> number(text, DECIMAL, range, told).map(Argument::nanos));
  }

  /** Seconds with a fraction down to microseconds, as nanoseconds. */
  static Argument<Long> seconds(String min, String max) {
    Values.Range range = new Values.Range(new BigDecimal(min), new BigDecimal(max), DECIMALS);
    return new Argument<>(
        Values.number("TIMER", range),
        text -> number(text, DECIMAL, range, range).map(Argument::nanos));
  }

  /**
   * The same, where keepalived keeps the microseconds in 64 bits: what is more nanoseconds than a
   * long holds is as many as that, some 292 years.
   */
  static Argument<Long> longSeconds(String min) {
    return seconds(min, LONG_MAX_TIME);
  }

  private static long nanos(BigDecimal seconds) {
    return seconds
        .min(MOST_SECONDS)
        .setScale(DECIMALS, RoundingMode.HALF_UP)
        .movePointRight(9)
        .longValueExact();
  }

  /**
   * @param told the range as keepalived tells it
   */
  private static Parsed<BigDecimal> number(
      String text, Pattern pattern, Values.Range range, Values.Range told) {
    // A number of a thousand digits is a typing error too, but must not cost a second.
    if (!pattern.matcher(text).matches() || text.length() > 40 || text.equals("-")) {
      return Parsed.complaint("invalid number '" + text + "'");
    }
    if (range.min().signum() >= 0 && text.startsWith("-")) {
      return Parsed.complaint("negative number '" + text + "'");
    }
    if (pattern == DECIMAL && decimal(text).compareTo(DECIMAL_MAX) > 0) {
      return Parsed.complaint("number '" + text + "' outside unsigned decimal range");
    }
    BigDecimal value = text.isEmpty() || text.equals("+") ? BigDecimal.ZERO : decimal(text);
    boolean signed = pattern == INTEGER && range.min().signum() < 0;
    if (signed && (value.compareTo(SIGNED_MIN) < 0 || value.compareTo(SIGNED_MAX) > 0)) {
      return Parsed.complaint("number '" + text + "' outside integer range");
    }
    if (pattern == INTEGER && value.compareTo(UNSIGNED_MAX) > 0) {
      return Parsed.complaint("number '" + text + "' outside unsigned integer range");
    }
    if (value.compareTo(range.min()) < 0 || value.compareTo(range.max()) > 0) {
      return Parsed.complaint("number '" + text + "' outside range " + told.text());
    }
    if (value.scale() > DECIMALS) {
      return new Parsed<>(
          Optional.of(value), Optional.of("number '" + text + "' has too many decimal places"));
    }
    return Parsed.of(value);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text.endsWith(".") ? text + "0" : text);
  }
}
