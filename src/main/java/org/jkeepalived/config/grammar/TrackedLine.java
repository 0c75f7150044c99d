package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackKind.Trait;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;

/** Reads one line of {@code track_*}: {@code NAME [weight NUMBER [reverse|noreverse]]}. */
final class TrackedLine {

  /** As far as a weight is understood, whatever the kind allows. */
  private static final int GREATEST = 254;

  private final TrackTarget target;
  private final TrackKind kind;
  private final String who;
  private final GrammarReport report;
  private boolean usable = true;

  private TrackedLine(TrackTarget target, String who, GrammarReport report) {
    this.target = target;
    this.kind = target.kind();
    this.who = who;
    this.report = report;
  }

  /**
   * Reads a line into a draft.
   *
   * @param who how messages begin
   */
  static void read(
      TrackKind kind, Statement line, String who, TrackingDraft draft, GrammarReport report) {
    Token name = line.keyword();
    TrackTarget target = new TrackTarget(kind, name.text());
    TrackedLine reader = new TrackedLine(target, who, report);
    Optional<Weight> standard = draft.trackers.weightOf(target);
    if (standard.isEmpty()) {
      reader.unknown(name, draft.trackers.isDefinedLater(target));
    } else if (draft.tracks(target)) {
      reader.warn(
          name,
          "duplicate-tracker",
          "duplicate " + kind.keyword() + " " + name.text() + " - ignoring");
    } else {
      Weight weight = reader.weight(line.arguments(), standard.get());
      if (reader.usable) {
        draft.lines.add(new TrackingDraft.Line(name, new Tracked(target, weight)));
      }
    }
  }

  private void unknown(Token name, boolean definedLater) {
    String message = who + kind.words().called() + " " + name.text() + " not found, ignoring...";
    if (definedLater) {
      report.at(
          name,
          Severity.WARNING,
          "unknown-tracker",
          message,
          "it is defined further down: move its block up, before this one");
    } else {
      report.warn(name, "unknown-tracker", message);
    }
  }

  private Weight weight(List<Token> words, Weight standard) {
    if (words.isEmpty()) {
      return standard;
    }
    Token option = words.get(0);
    if (!option.is("weight")) {
      drop(option, filled(kind.words().badOption(), option));
      return standard;
    }
    if (words.size() == 1) {
      drop(
          option,
          "weight without value specified for "
              + kind.words().called()
              + " "
              + target.name()
              + " - ignoring");
      return standard;
    }
    int value = value(words.get(1), standard.value());
    return new Weight(
        value, words.size() > 2 ? reversed(words.get(2), standard) : standard.reversed());
  }

  private int value(Token word, int standard) {
    String complaint = who + filled(kind.words().badWeight(), word);
    int value = WeightWords.number(word, GREATEST, complaint, report).orElse(standard);
    int most = kind.weights().greatest();
    if (Math.abs(value) > most) {
      String limits = "weight for %s cannot be +/-%d. Setting to +/-%d";
      warn(word, "bad-weight", limits.formatted(target.name(), most + 1, most));
      return value > 0 ? most : -most;
    }
    return value;
  }

  private boolean reversed(Token option, Weight standard) {
    Optional<Boolean> reversed = WeightWords.reversed(option);
    if (reversed.isPresent() && (reversed.get() || kind.has(Trait.NOREVERSE))) {
      return reversed.get();
    }
    String message = filled(kind.words().badWeightOption(), option);
    if (kind.has(Trait.BAD_OPTION_DROPS_LINE)) {
      drop(option, message);
    } else {
      warn(option, "bad-weight-option", message);
    }
    return standard.reversed();
  }

  private String filled(String message, Token word) {
    return message.replace("{name}", target.name()).replace("{value}", word.text());
  }

  private void drop(Token word, String message) {
    warn(word, "bad-option", message);
    usable = false;
  }

  private void warn(Token word, String code, String message) {
    report.warn(word, code, who + message);
  }
}
