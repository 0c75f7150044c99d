package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;

/** Reads one line of {@code track_*}: {@code NAME [weight NUMBER [reverse|noreverse]]}. */
final class TrackedLine {

  private static final Argument<Integer> WEIGHT = Argument.integer(-254, 254);
  private static final int MOST = 253;

  private final TrackKind kind;
  private final Wording wording;
  private final Token name;
  private final String who;
  private final GrammarReport report;
  private boolean usable = true;

  /**
   * How keepalived speaks of one kind; {@code {name}} is what is tracked.
   *
   * @param thing in most messages
   * @param inOptions in the message about what stands behind a weight
   * @param badWeight with {@code {value}} for what was written
   */
  record Wording(String thing, String inOptions, String badWeight, String documentation) {
    static Wording of(TrackKind kind) {
      return switch (kind) {
        case INTERFACE ->
            new Wording(
                "track_interface",
                // COMPAT: keepalived's spelling
                "track_interace",
                "weight {value} for {name} must be between [-253..253] inclusive. Ignoring...",
                "the links without which it is in FAULT, or whose weight is added");
        case SCRIPT ->
            new Wording(
                "track script",
                "track_script",
                "track script {name}: weight must be between [-253..253] inclusive, ignoring...",
                "the vrrp_scripts without which it is in FAULT, or whose weight is added");
        case FILE ->
            new Wording(
                "track file",
                "track file",
                "weight for track file {name} must be in [-254..254] inclusive. Ignoring...",
                "the track_files whose number is added");
        case PROCESS ->
            new Wording(
                "track process",
                "track_process",
                "weight for track process {name} must be in [-254..254] inclusive. Ignoring...",
                "the vrrp_track_processes without which it is in FAULT, or whose weight is added");
      };
    }
  }

  private TrackedLine(TrackKind kind, Token name, String who, GrammarReport report) {
    this.kind = kind;
    this.wording = Wording.of(kind);
    this.name = name;
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
    TrackTarget thing = new TrackTarget(kind, name.text());
    TrackedLine reader = new TrackedLine(kind, name, who, report);
    Optional<Weight> standard = draft.trackers.weightOf(kind, name.text());
    if (standard.isEmpty()) {
      reader.unknown(draft.trackers.isDefinedLater(kind, name.text()));
    } else if (draft.tracks(thing)) {
      String keyword = wordingOf(kind).replace(' ', '_');
      reader.warn(
          name, "duplicate-tracker", "duplicate " + keyword + " " + name.text() + " - ignoring");
    } else {
      Weight weight = reader.weight(line.arguments(), standard.get());
      if (reader.usable) {
        draft.lines.add(new TrackingDraft.Line(name, new Tracked(thing, weight)));
      }
    }
  }

  private void unknown(boolean definedLater) {
    String message = who + wording.thing() + " " + name.text() + " not found, ignoring...";
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

  private static String wordingOf(TrackKind kind) {
    return Wording.of(kind).thing();
  }

  private Weight weight(List<Token> words, Weight standard) {
    if (words.isEmpty()) {
      return standard;
    }
    Token option = words.get(0);
    if (!option.is("weight")) {
      String what =
          kind == TrackKind.INTERFACE ? "track_interface " + name.text() : wording.thing();
      drop(option, "unknown " + what + " option " + option.text() + " - ignoring");
      return standard;
    }
    if (words.size() == 1) {
      drop(
          option,
          "weight without value specified for "
              + wording.thing()
              + " "
              + name.text()
              + " - ignoring");
      return standard;
    }
    int value = value(words.get(1), standard.value());
    return new Weight(
        value, words.size() > 2 ? reversed(words.get(2), standard) : standard.reversed());
  }

  private int value(Token word, int standard) {
    Argument.Parsed<Integer> parsed = WEIGHT.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      warn(
          word,
          "bad-weight",
          wording.badWeight().replace("{name}", name.text()).replace("{value}", word.text()));
      return standard;
    }
    int value = parsed.value().get();
    boolean limited = kind == TrackKind.INTERFACE || kind == TrackKind.SCRIPT;
    if (limited && Math.abs(value) > MOST) {
      warn(
          word, "bad-weight", "weight for " + name.text() + " cannot be +/-254. Setting to +/-253");
      return value > 0 ? MOST : -MOST;
    }
    return value;
  }

  /** The manual writes {@code noreverse} and, once, {@code no_reverse}. */
  private boolean reversed(Token option, Weight standard) {
    if (option.is("reverse")) {
      return true;
    }
    boolean plain = option.is("noreverse") || option.is("no_reverse");
    if (plain && kind != TrackKind.INTERFACE) {
      return false;
    }
    String message =
        "unknown "
            + wording.inOptions()
            + " "
            + name.text()
            + " weight option "
            + option.text()
            + " - ignoring";
    if (kind == TrackKind.FILE) {
      // COMPAT: only of a file the whole line is ignored
      drop(option, message);
    } else {
      warn(option, "bad-weight-option", message);
    }
    return standard.reversed();
  }

  private void drop(Token word, String message) {
    warn(word, "bad-option", message);
    usable = false;
  }

  private void warn(Token word, String code, String message) {
    report.warn(word, code, who + message);
  }
}
