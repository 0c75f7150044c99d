package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.jkeepalived.model.TrackKind;

/** {@code vrrp_track_process}: how many processes of some name run. */
final class ProcessTrackerKeywords {

  private ProcessTrackerKeywords() {}

  /** What has been read of one block. */
  static final class ProcessDraft extends TrackerDraft {
    private List<String> process = List.of();
    private ParameterMatch parameterMatch = ParameterMatch.NONE;
    private OptionalInt quorum = OptionalInt.empty();
    private OptionalInt quorumMax = OptionalInt.empty();
    private long forkDelayNanos;
    private long terminateDelayNanos;
    private boolean fullCommand;

    private ProcessDraft(Token place) {
      super(TrackKind.PROCESS, place);
    }

    /** The finished tracker. */
    ProcessTracker complete() {
      List<String> parameters = process.subList(1, process.size());
      // COMPAT: parameters are compared on the command line, as the dump's "Full command" tells
      boolean whole = fullCommand || !parameters.isEmpty() || parameterMatch != ParameterMatch.NONE;
      // COMPAT: at most none means that none must run
      int least = quorum.orElse(quorumMax.orElse(1) == 0 ? 0 : 1);
      return new ProcessTracker(
          name(),
          new ProcessTracker.Match(process.get(0), parameters, parameterMatch, whole),
          weight(),
          least,
          quorumMax.orElse(Integer.MAX_VALUE),
          forkDelayNanos,
          terminateDelayNanos);
    }
  }

  private static final Block<ProcessDraft> BLOCK = new Block<>("vrrp_track_process", table());

  static final Keyword<GlobalDraft> KEYWORD =
      NamedBlocks.keyword(
              "vrrp_track_process",
              globals -> globals.trackers.processes,
              ProcessDraft::new,
              BLOCK,
              ProcessTrackerKeywords::isComplete)
          .doc("how many processes of some name run");

  private static List<Keyword<ProcessDraft>> table() {
    return List.of(
        Keyword.<ProcessDraft>custom(
                "process", Arity.REQUIRED, "NAME [PARAMETER...]", ProcessTrackerKeywords::process)
            .doc("the process's name, and the parameters it must have"),
        Keyword.<ProcessDraft>custom(
                "param_match",
                Arity.OPTIONAL,
                "initial|partial",
                ProcessTrackerKeywords::parameterMatch)
            .doc("alone: exactly these parameters, or none; partial: the first ones are these"),
        WeightWords.<ProcessDraft>keywordOnce(
                "vrrp_track_process",
                254,
                "Weight ({value}) for vrrp_track_process {name} must be between [-254..254]"
                    + " inclusive. Ignoring...")
            .standard("0")
            .doc("what the quorum adds to a priority; 0: a missing quorum is a fault"),
        number(
                "quorum",
                Argument.integer(1, 65535),
                "Quorum ({value}) for vrrp_track_process {name} must be between [1..65535]",
                ProcessTrackerKeywords::quorum)
            .standard("1")
            .doc("how many must run"),
        number(
                "quorum_max",
                Argument.integer(0, 65535),
                "quorum_max ({value}) for vrrp_track_process {name} must be between [0..65535]",
                ProcessTrackerKeywords::quorumMax)
            .doc("how many may run"),
        delay("fork_delay", (d, nanos) -> d.forkDelayNanos = nanos)
            .standard("0")
            .doc("seconds that the quorum must have been there to count"),
        delay("terminate_delay", (d, nanos) -> d.terminateDelayNanos = nanos)
            .standard("0")
            .doc("seconds that the quorum must have been missing to count"),
        delay(
                "delay",
                (d, nanos) -> {
                  d.forkDelayNanos = nanos;
                  d.terminateDelayNanos = nanos;
                })
            .doc("fork_delay and terminate_delay"),
        Keyword.<ProcessDraft>flag("full_command", d -> d.fullCommand = true)
            .doc("compare the command line and not the process's name"));
  }

  private static Keyword<ProcessDraft> delay(String name, BiConsumer<ProcessDraft, Long> sets) {
    return Keyword.<ProcessDraft, Long>value(name, Argument.seconds("0.000001", "3600"), sets)
        .complains(
            name
                + " ({value}) for vrrp_track_process {name} must be between [0.000001..3600]"
                + " inclusive. Ignoring...");
  }

  /** Checks a number against what else has been read. */
  private interface Check {
    /** What is wrong; empty where the number was taken. */
    Optional<String> take(ProcessDraft draft, int number);
  }

  private static Keyword<ProcessDraft> number(
      String name, Argument<Integer> argument, String complaint, Check check) {
    return Keyword.<ProcessDraft>custom(
        name,
        Arity.REQUIRED,
        argument.values(),
        (statement, draft, report) -> {
          Token word = statement.arguments().get(0);
          Argument.Parsed<Integer> parsed = argument.parser().apply(word.text());
          parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
          Optional<String> wrong =
              parsed.value().isPresent()
                  ? check.take(draft, parsed.value().get())
                  : Optional.of(
                      complaint.replace("{name}", draft.name()).replace("{value}", word.text())
                          + " inclusive. Ignoring...");
          wrong.ifPresent(text -> report.warn(word, "bad-" + name.replace('_', '-'), text));
        });
  }

  private static Optional<String> quorum(ProcessDraft draft, int number) {
    if (number > draft.quorumMax.orElse(Integer.MAX_VALUE)) {
      return Optional.of("Quorum is greater than quorum_max - ignoring");
    }
    draft.quorum = OptionalInt.of(number);
    return Optional.empty();
  }

  private static Optional<String> quorumMax(ProcessDraft draft, int number) {
    if (number < draft.quorum.orElse(0)) {
      return Optional.of("quorum_max is less than quorum - ignoring");
    }
    draft.quorumMax = OptionalInt.of(number);
    return Optional.empty();
  }

  private static void process(Statement statement, ProcessDraft draft, GrammarReport report) {
    if (draft.process.isEmpty()) {
      draft.process = statement.arguments().stream().map(Token::text).toList();
      return;
    }
    Token word = statement.arguments().get(0);
    report.warn(
        word,
        "duplicate-process",
        "Process already set for track process " + draft.name() + " - ignoring " + word.text());
  }

  private static void parameterMatch(
      Statement statement, ProcessDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      draft.parameterMatch = ParameterMatch.EXACT;
      return;
    }
    Token word = statement.arguments().get(0);
    switch (word.text()) {
      case "partial" -> draft.parameterMatch = ParameterMatch.PARTIAL;
      case "initial" -> draft.parameterMatch = ParameterMatch.INITIAL;
      default ->
          report.warn(
              word, "bad-param-match", "Invalid param_match type " + word.text() + " - ignoring");
    }
  }

  private static boolean isComplete(ProcessDraft draft, Token end, GrammarReport report) {
    if (draft.process.isEmpty()) {
      report.warn(
          end, "no-process", "track process '" + draft.name() + "' process name not specified");
    }
    return !draft.process.isEmpty();
  }
}
