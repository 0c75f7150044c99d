package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Unicast;

/**
 * What stands behind an address of {@code unicast_peer}. What is wrong is left out; the peer stays.
 */
final class PeerLine {

  /** What is to be written, with the address. */
  static final String SYNTAX = "ADDRESS [min_ttl 0..255] [max_ttl 0..255]";

  private final InstanceDraft draft;
  private final GrammarReport report;
  private int minHopLimit;
  private int maxHopLimit = Unicast.MOST_HOPS;

  PeerLine(InstanceDraft draft, GrammarReport report) {
    this.draft = draft;
    this.report = report;
  }

  void read(List<Token> words) {
    for (int i = 0; i < words.size(); i += 2) {
      Token option = words.get(i);
      if (i + 1 == words.size()) {
        warn(option, "missing-parameter", option.text() + " is missing a value");
      } else {
        read(option, words.get(i + 1));
      }
    }
  }

  /** COMPAT: the number is looked at before the option that it is for (keepalived 2.2.7). */
  private void read(Token option, Token word) {
    Argument.Parsed<Integer> parsed =
        Argument.integer(0, Unicast.MOST_HOPS).parser().apply(word.text());
    parsed.complaint().ifPresent(complaint -> report.warn(word, "bad-number", complaint));
    Optional<Integer> value = parsed.value();
    if (value.isEmpty()) {
      return;
    }
    switch (option.text()) {
      case "min_ttl" -> {
        minHopLimit = value.get();
        draft.unicast.bounded = true;
      }
      case "max_ttl" -> {
        maxHopLimit = value.get();
        draft.unicast.bounded = true;
      }
      default -> warn(option, "bad-option", "unknown unicast_peer option " + option.text());
    }
  }

  Unicast.Peer peer(Token place, InetAddress address) {
    if (minHopLimit > maxHopLimit) {
      warn(
          place,
          "no-hop-limit",
          "min_ttl "
              + minHopLimit
              + " > max_ttl "
              + maxHopLimit
              + " - all packets will be discarded");
    }
    return new Unicast.Peer(address, minHopLimit, maxHopLimit);
  }

  private void warn(Token word, String code, String message) {
    report.warn(word, code, "(" + draft.name() + ") " + message);
  }
}
