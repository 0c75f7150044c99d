package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.OptionalInt;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.TableSettings;

/** What {@code global_defs} says of the kernel's table and of all checks. */
final class DirectorKeywords {

  private static final Argument<Integer> SECONDS = Argument.integer(0, 2_678_400);

  private DirectorKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "lvs_timeouts",
                Arity.OPTIONAL,
                "[tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]",
                DirectorKeywords::timeouts)
            .standardInWords("those of the kernel")
            .doc("after how many idle seconds the kernel forgets a connection"),
        Keyword.<GlobalDraft>flag("lvs_flush", g -> g.director.flushedAtStart = true)
            .doc("empty the kernel's table before anything is added"),
        flushOnStop("lvs_flush_on_stop"),
        flushOnStop("lvs_flush_onstop").oldSpellingOf("lvs_flush_on_stop"),
        Keyword.<GlobalDraft>toggle(
                "checker_log_all_failures", (g, on) -> g.director.logsAllFailures = on)
            .complains("Invalid value for checker_log_all_failures specified")
            .standard("no")
            .doc("log failures of checks that do not count yet, too"));
  }

  /** What keepalived does not have. */
  static List<Keyword<GlobalDraft>> ownTable() {
    return List.of(
        Keyword.<GlobalDraft, Long>value(
                "ipvs_comparison_interval",
                Argument.seconds("1", "3600"),
                (g, nanos) -> g.director.comparisonNanos = nanos)
            .complains("ipvs_comparison_interval '{value}' is invalid")
            .standard("5")
            .doc("seconds after which the kernel's table is compared with what is wanted"),
        SlowStarts.KEYWORD,
        Keyword.<GlobalDraft>toggle("ipvs", (g, on) -> g.director.written = on)
            .complains(
                "ipvs '{value}' is neither yes nor no: it stays as it was, yes unless said before")
            .standard("yes")
            .doc("no: write no table of the kernel's; real servers are checked, and scripts told"),
        Keyword.<GlobalDraft>toggle("check_once", (g, on) -> g.director.checksOnce = on)
            .complains(
                "check_once '{value}' is neither yes nor no: it stays as it was, no unless said"
                    + " before")
            .standard("no")
            .doc(
                "yes: real servers of one address that are to be asked in the same way are asked"
                    + " once for all of them"));
  }

  private static Keyword<GlobalDraft> flushOnStop(String name) {
    return Keyword.<GlobalDraft>custom(
            name,
            Arity.OPTIONAL,
            "[VS]",
            (statement, g, report) -> {
              if (statement.arguments().isEmpty()) {
                g.director.atStop = TableSettings.AtStop.FLUSH;
                return;
              }
              Token word = statement.arguments().get(0);
              if (word.is("VS")) {
                g.director.atStop = TableSettings.AtStop.REMOVE_SERVICES;
              } else {
                report.warn(word, "bad-lvs-flush", "Unknown lvs_flush_on_stop type " + word.text());
              }
            })
        .doc("empty the kernel's table at the stop, or remove whole services of ours with VS");
  }

  private static void timeouts(Statement statement, GlobalDraft globals, GrammarReport report) {
    List<Token> words = statement.arguments();
    if (words.size() < 2) {
      report.warn(
          statement.keyword(), "missing-parameter", "lvs_timeouts requires at least one option");
      return;
    }
    int at = 0;
    while (at < words.size()) {
      Token option = words.get(at);
      if (!List.of("tcp", "tcpfin", "udp").contains(option.text())) {
        report.warn(
            option,
            "bad-option",
            "Unknown option " + option.text() + " specified for lvs_timeouts");
        at++;
      } else if (at + 1 == words.size()) {
        report.warn(
            option,
            "missing-parameter",
            "No value specified for lvs_timeout " + option.text() + " - ignoring");
        at++;
      } else {
        timeout(option, words.get(at + 1), globals.director, report);
        at += 2;
      }
    }
  }

  private static void timeout(
      Token option, Token word, DirectorDraft director, GrammarReport report) {
    Argument.Parsed<Integer> parsed = SECONDS.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      report.warn(
          word,
          "bad-lvs-timeout",
          "Invalid lvs_timeout " + option.text() + " (" + word.text() + ") - ignoring");
      return;
    }
    OptionalInt seconds = OptionalInt.of(parsed.value().get());
    switch (option.text()) {
      case "tcp" -> director.tcpSeconds = seconds;
      case "tcpfin" -> director.tcpFinSeconds = seconds;
      default -> director.udpSeconds = seconds;
    }
  }
}
