package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.LinkWatch.Delays;
import org.jkeepalived.model.LinkWatch.Polling;

/** The top keywords about how the state of links is found out. */
final class LinkWatchKeywords {

  private static final Argument<Long> DELAY = Argument.seconds("0", "255");

  private LinkWatchKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>flag("linkbeat_use_polling", g -> g.links.allPolled = true)
            .doc("ask for the state of links instead of waiting for the kernel's report"),
        Keyword.<GlobalDraft>custom(
                "linkbeat_interfaces",
                Arity.LIST,
                "LINK [MII|ETHTOOL|IOCTL]",
                (statement, g, report) ->
                    lines(statement).forEach(line -> polled(line, g.links, report)))
            .doc("the links whose state is asked for, each with MII, ETHTOOL or IOCTL"),
        Keyword.<GlobalDraft>custom(
                "interface_up_down_delays",
                Arity.LIST,
                "LINK DOWN_SECONDS [UP_SECONDS]",
                (statement, g, report) ->
                    lines(statement).forEach(line -> delays(line, g.links, report)))
            .doc("how long each link must have been down, and up, to count as that"));
  }

  private static List<Statement> lines(Statement statement) {
    return statement.block().map(Statement.Block::statements).orElse(List.of());
  }

  private static void polled(Statement line, LinkWatchDraft draft, GrammarReport report) {
    Polling polling = Polling.ANY;
    if (!line.arguments().isEmpty()) {
      Token word = line.arguments().get(0);
      Optional<Polling> named = polling(word);
      polling = named.orElse(Polling.ANY);
      if (named.isEmpty() || line.arguments().size() > 1) {
        report.warn(
            word, "bad-linkbeat", "extra characters " + word.text() + " in linkbeat interface");
      }
    }
    draft.named.put(line.keyword(), "linkbeat interface");
    draft.polled.put(line.keyword().text(), polling);
  }

  private static Optional<Polling> polling(Token word) {
    return switch (word.text()) {
      case "MII" -> Optional.of(Polling.MII);
      case "ETHTOOL" -> Optional.of(Polling.ETHTOOL);
      case "IOCTL" -> Optional.of(Polling.IOCTL);
      default -> Optional.empty();
    };
  }

  private static void delays(Statement line, LinkWatchDraft draft, GrammarReport report) {
    String link = line.keyword().text();
    List<Token> words = line.arguments();
    draft.named.put(line.keyword(), "up/down delay");
    if (words.isEmpty()) {
      bad(line.keyword(), "No timeouts specified for " + link + " up/down delays", report);
      return;
    }
    if (words.size() > 2) {
      bad(words.get(2), "Too many parameters for " + link + " up/down delays", report);
      return;
    }
    Optional<Long> down = delay("down", words.get(0), link, report);
    Optional<Long> up = words.size() > 1 ? delay("up", words.get(1), link, report) : down;
    if (down.isPresent() && up.isPresent()) {
      draft.delays.put(link, new Delays(down.get(), up.get()));
    }
  }

  private static Optional<Long> delay(String which, Token word, String link, GrammarReport report) {
    Argument.Parsed<Long> parsed = DELAY.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      bad(word, "Invalid " + which + " delay " + word.text() + " for " + link, report);
    }
    return parsed.value();
  }

  private static void bad(Token word, String message, GrammarReport report) {
    report.aside(word, "bad-delay", message);
  }
}
