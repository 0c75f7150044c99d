package org.jkeepalived.config.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;

/**
 * {@code slow_start SECONDS [VIRTUAL SERVER]}: over which time a real server that comes back is
 * given its weight again; of all virtual servers, or of one as the log names it.
 */
final class SlowStarts {

  private static final Argument<Long> SECONDS = Argument.seconds("0", "86400");

  private long allNanos;
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final Map<String, Token> places = new LinkedHashMap<>();

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              "slow_start",
              Arity.REQUIRED,
              "SECONDS [VIRTUAL_SERVER]",
              (statement, g, report) -> g.director.slowStarts.read(statement, report))
          .standard("0")
          .doc("seconds in which a server that comes back is given its weight, in ten steps");

  private void read(Statement statement, GrammarReport report) {
    List<Token> words = statement.arguments();
    Argument.Parsed<Long> parsed = SECONDS.parser().apply(words.get(0).text());
    if (parsed.value().isEmpty()) {
      report.warn(
          words.get(0),
          "bad-slow-start",
          "slow_start '"
              + words.get(0).text()
              + "' is not a number of seconds from 0 to 86400"
              + " - ignoring");
      return;
    }
    if (words.size() == 1) {
      allNanos = parsed.value().get();
      return;
    }
    // a firewall mark's name has two words: FWM 5
    String name = words.stream().skip(1).map(Token::text).collect(Collectors.joining(" "));
    nanos.put(name, parsed.value().get());
    places.put(name, words.get(1));
  }

  /** How long it takes a real server of this one; 0 for no time. */
  long nanos(VirtualService service) {
    return nanos.getOrDefault(service.text(), allNanos);
  }

  /** Names that no virtual server has are told. */
  void complain(List<VirtualServer> servers, GrammarReport report) {
    for (Map.Entry<String, Token> place : places.entrySet()) {
      if (servers.stream().noneMatch(one -> one.service().text().equals(place.getKey()))) {
        report.at(
            place.getValue(),
            Severity.WARNING,
            "no-virtual-server",
            "slow_start: there is no virtual server " + place.getKey() + " - ignoring",
            "write its name as the log does: [10.0.0.1]:tcp:80, [group]:0 or FWM 5");
      }
    }
  }
}
