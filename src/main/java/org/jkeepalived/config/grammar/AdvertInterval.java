package org.jkeepalived.config.grammar;

import java.util.Locale;
import org.jkeepalived.config.syntax.Diagnostic.Severity;

/** What of an advertisement interval the protocol's field can say. */
final class AdvertInterval {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_CENTI = 10_000_000L;

  /** Version 3's field has twelve bits. */
  private static final long MAX_CENTIS = 4095;

  private AdvertInterval() {}

  static long of(InstanceDraft draft, int version, GrammarReport report) {
    long nanos = draft.advertIntervalNanos.orElse(NANOS_PER_SECOND);
    double seconds = nanos / 1e9;
    if (version == 2) {
      if (nanos % NANOS_PER_SECOND == 0) {
        return nanos;
      }
      warn(
          draft,
          report,
          "VRRPv2 advertisement interval %.6fs must be an integer. rounding",
          seconds);
      return Math.max(1, rounded(nanos, NANOS_PER_SECOND)) * NANOS_PER_SECOND;
    }
    if (nanos > MAX_CENTIS * NANOS_PER_CENTI) {
      warn(
          draft,
          report,
          "VRRPv3 advertisement interval %.2fs is out of range."
              + " Must be less than 40.96s. Setting to 40.95s",
          seconds);
      return MAX_CENTIS * NANOS_PER_CENTI;
    }
    if (nanos % NANOS_PER_CENTI != 0) {
      warn(
          draft,
          report,
          "VRRPv3 advertisement interval %.6fs must be in units of 10ms - rounding",
          seconds);
    }
    return Math.max(1, rounded(nanos, NANOS_PER_CENTI)) * NANOS_PER_CENTI;
  }

  private static long rounded(long nanos, long unitNanos) {
    return (nanos + unitNanos / 2) / unitNanos;
  }

  private static void warn(
      InstanceDraft draft, GrammarReport report, String format, double seconds) {
    report.whole(
        draft.placeOf("advert_int"),
        Severity.WARNING,
        "advert-int-rounded",
        "(" + draft.name() + ") " + String.format(Locale.ROOT, format, seconds));
  }
}
