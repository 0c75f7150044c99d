package org.jkeepalived.config.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.routing.RouteMetric;
import org.jkeepalived.model.routing.RouteMetric.Kind;
import org.jkeepalived.model.routing.RouteTuning.Congestion;

/** The words of a route that TCP and IP go by. */
final class RouteMetricWords {

  private static final Pattern TIME =
      Pattern.compile("([0-9]+|[0-9]*\\.[0-9]+|[0-9]+\\.)(s|sec|secs|ms|msec|msecs)?");
  private static final int MOST_DIGITS = 12;
  private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);
  private static final long LEAST_MILLIS = 200;
  private static final long ECN = 1;

  private final RoutingWords words;
  private final GrammarReport report;
  private final Map<Kind, RouteMetric> metrics = new EnumMap<>(Kind.class);
  private Optional<Congestion> congestion = Optional.empty();

  RouteMetricWords(RoutingWords words, GrammarReport report) {
    this.words = words;
    this.report = report;
  }

  List<RouteMetric> metrics() {
    return new ArrayList<>(metrics.values());
  }

  Optional<Congestion> congestion() {
    return congestion;
  }

  /** Reads what stands after an option of its; whether it is one. */
  boolean read(String option) {
    switch (option) {
      case "mtu" -> number(Kind.MTU, words.skip("lock"), "Invalid MTU {value} specified for route");
      case "advmss" ->
          number(Kind.ADVMSS, words.skip("lock"), "Invalid advmss {value} specified for route");
      case "hoplimit" ->
          bounded(Kind.HOPLIMIT, 255, "Invalid hoplimit {value} specified for route");
      case "rtt" -> time(Kind.RTT, "Invalid rtt {value} for route");
      case "rttvar" -> time(Kind.RTTVAR, "Invalid rttvar {value} for route");
      case "rto_min" -> time(Kind.RTO_MIN, "Invalid rto_min value {value} specified for route");
      case "cwnd" -> number(Kind.CWND, words.skip("lock"), invalid(option));
      case "ssthresh" -> number(Kind.SSTHRESH, words.skip("lock"), invalid(option));
      case "reordering" -> number(Kind.REORDERING, words.skip("lock"), invalid(option));
      case "window" -> number(Kind.WINDOW, false, invalid(option));
      case "initcwnd" -> number(Kind.INITCWND, false, invalid(option));
      case "initrwnd" -> number(Kind.INITRWND, false, invalid(option));
      case "quickack" -> bounded(Kind.QUICKACK, 1, invalid(option));
      case "fastopen_no_cookie" -> bounded(Kind.FASTOPEN_NO_COOKIE, 1, invalid(option));
      case "features" -> words.argument().ifPresent(this::feature);
      case "congctl" -> {
        boolean locked = words.skip("lock");
        words
            .argument()
            .ifPresent(word -> congestion = Optional.of(new Congestion(word.text(), locked)));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String invalid(String option) {
    return "Invalid " + option + " value {value} specified for route";
  }

  private void number(Kind kind, boolean locked, String wrong) {
    words.number(Argument.unsigned(), wrong).ifPresent(value -> put(kind, value, locked));
  }

  private void bounded(Kind kind, int most, String wrong) {
    words.number(Argument.integer(0, most), wrong).ifPresent(value -> put(kind, value, false));
  }

  private void put(Kind kind, long value, boolean locked) {
    metrics.put(kind, new RouteMetric(kind, value, locked));
  }

  private void feature(Token word) {
    if (word.is("ecn")) {
      put(Kind.FEATURES, ECN, false);
    } else {
      words.warn(word, "feature " + word.text() + " not supported");
    }
  }

  /** COMPAT: a number without a unit is in the kernel's own, as with ip-route(8). */
  private void time(Kind kind, String wrong) {
    boolean locked = words.skip("lock");
    Optional<Token> word = words.argument();
    if (word.isEmpty()) {
      return;
    }
    Matcher matcher = TIME.matcher(word.get().text());
    if (!matcher.matches() || matcher.group(1).length() > MOST_DIGITS) {
      words.warn(word.get(), "invalid number '" + word.get().text() + "'");
      words.drop(word.get(), wrong.replace("{value}", word.get().text()));
      return;
    }
    String digits = matcher.group(1);
    BigDecimal number = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    BigDecimal units = BigDecimal.valueOf(kind.unitsPerMilli());
    String unit = Optional.ofNullable(matcher.group(2)).orElse("");
    if (!unit.isEmpty()) {
      number = number.multiply(units);
      number = unit.startsWith("s") ? number.multiply(MILLIS_PER_SECOND) : number;
    }
    long least = LEAST_MILLIS * kind.unitsPerMilli();
    if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
      // COMPAT: keepalived calls all three rtt
      report.aside(
          word.get(), "rtt", "rtt value " + word.get().text() + " below minimum 200ms, resetting");
      number = BigDecimal.valueOf(least);
    }
    put(kind, Math.min(number.longValue(), 0xFFFF_FFFFL), locked);
  }
}
