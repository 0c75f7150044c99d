package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** The keywords of {@code jkeepalived} about who looks after the daemon. */
final class OversightKeywords {

  private OversightKeywords() {}

  static List<Keyword<GlobalDraft>> ownTable() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "watchdog_device", Arity.REQUIRED, "PATH", OversightKeywords::device)
            .standardInWords("none")
            .doc(
                "the watchdog, such as /dev/watchdog, that is fed while VRRP's thread answers, and"
                    + " resets the machine otherwise; opened at the start"),
        Keyword.<GlobalDraft>custom(
                "log_format", Arity.REQUIRED, "plain|json", OversightKeywords::format)
            .standard("plain")
            .doc(
                "json: lines of the console, of log files and for syslog are JSON objects with the"
                    + " fields that the journal gets in any case"));
  }

  private static void device(Statement statement, GlobalDraft g, GrammarReport report) {
    Token path = statement.arguments().get(0);
    if (path.text().startsWith("/")) {
      g.watchdogDevice = Optional.of(path.text());
    } else {
      report.warn(
          path,
          "bad-watchdog",
          "watchdog_device '" + path.text() + "' is no absolute path - ignoring");
    }
  }

  private static void format(Statement statement, GlobalDraft g, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (word.is("json") || word.is("plain")) {
      g.jsonLog = word.is("json");
    } else {
      report.warn(
          word,
          "bad-log-format",
          "log_format '" + word.text() + "' is neither plain nor json - ignoring");
    }
  }
}
