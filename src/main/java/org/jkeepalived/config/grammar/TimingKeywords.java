package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jkeepalived.config.grammar.TimingDraft.Timed;

/**
 * The keywords about when to check, which stand in virtual servers, in real servers and in checks,
 * each with words of its own for what is wrong.
 */
final class TimingKeywords<T extends Timed> {

  private static final String SHORTEST = "0.000001";

  private TimingKeywords() {}

  static <T extends Timed> List<Keyword<T>> ofVirtualServers() {
    TimingKeywords<T> keywords = new TimingKeywords<>();
    return List.of(
        keywords.retry(1, "retry value invalid - {value}"),
        keywords.delayBeforeRetry("virtual server delay before retry '{value}' invalid - ignoring"),
        keywords.warmup("virtual server warmup '{value}' invalid - ignoring"),
        keywords.connectTimeout("virtual server connect_timeout {value} invalid - ignoring"),
        keywords.delayLoop("virtual server delay loop '{value}' invalid - ignoring"));
  }

  static <T extends Timed> List<Keyword<T>> ofRealServers() {
    TimingKeywords<T> keywords = new TimingKeywords<>();
    return List.of(
        keywords.retry(1, "retry value invalid - {value}"),
        keywords.delayBeforeRetry("real server delay_before_retry '{value}' invalid - ignoring"),
        keywords.warmup("real server warmup '{value}' invalid - ignoring"),
        keywords.connectTimeout("real server connect_timeout {value} invalid - ignoring"),
        keywords.delayLoop("real server delay_loop '{value}' invalid - ignoring"));
  }

  /** COMPAT: a check may say that it retries nothing, a server may not. */
  static <T extends Timed> List<Keyword<T>> ofChecks() {
    TimingKeywords<T> keywords = new TimingKeywords<>();
    return List.of(
        keywords.retry(0, "Invalid retry connection value '{value}'"),
        keywords.delayBeforeRetry("Invalid delay_before_retry connection value '{value}'"),
        keywords.warmup("Invalid warmup connection value '{value}'"),
        keywords.delayLoop("delay_loop '{value}' is invalid - ignoring"));
  }

  /** {@code connect_timeout} of a check that connects. */
  static <T extends Timed> Keyword<T> connectTimeoutOfChecks() {
    return new TimingKeywords<T>().connectTimeout("connect_timeout {value} invalid - ignoring");
  }

  private Keyword<T> retry(long min, String complaint) {
    return value("retry", Argument.unsigned(min), (t, n) -> t.retries = Optional.of(n))
        .complains(complaint)
        .doc("how often a failed check is tried again before the server is taken out");
  }

  private Keyword<T> delayBeforeRetry(String complaint) {
    return value(
            "delay_before_retry",
            Argument.longSeconds("0"),
            (t, n) -> t.retryNanos = Optional.of(n))
        .complainsOfNumbers(complaint)
        .doc("seconds from a failed check to the next try");
  }

  private Keyword<T> warmup(String complaint) {
    return value("warmup", Argument.longSeconds("0"), (t, n) -> t.warmupNanos = Optional.of(n))
        .complainsOfNumbers(complaint)
        .doc("the first check comes at a random time within so many seconds");
  }

  private Keyword<T> connectTimeout(String complaint) {
    return value(
            "connect_timeout",
            Argument.seconds(SHORTEST, Argument.MAX_TIME),
            (t, n) -> t.timeoutNanos = Optional.of(n))
        .complains(complaint)
        .doc("seconds after which a connection has failed");
  }

  private Keyword<T> delayLoop(String complaint) {
    return value(
            "delay_loop",
            Argument.longSeconds(SHORTEST),
            (t, n) -> t.intervalNanos = Optional.of(n))
        .complains(complaint)
        .doc("seconds from one check to the next");
  }

  private Keyword.Value<T, Long> value(
      String name, Argument<Long> argument, BiConsumer<TimingDraft, Long> sets) {
    return Keyword.value(name, argument, (draft, value) -> sets.accept(draft.timing(), value));
  }
}
