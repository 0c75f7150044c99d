package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Unicast;

/** The keywords of {@code vrrp_instance} that say whom it speaks to instead of a group. */
final class UnicastKeywords {

  private UnicastKeywords() {}

  static List<Keyword<InstanceDraft>> table() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "unicast_peer", Arity.LIST, PeerLine.SYNTAX, UnicastKeywords::peers)
            .doc("the addresses to speak to, one by one, instead of a multicast group"),
        Keyword.<InstanceDraft>custom(
                "unicast_src_ip", Arity.REQUIRED, "ADDRESS", UnicastKeywords::source)
            .standardInWords("the interface's first address")
            .doc("the advertisements' source address"),
        Keyword.<InstanceDraft, Integer>value(
                "unicast_ttl",
                Argument.integer(0, Unicast.MOST_HOPS),
                (i, hopLimit) -> i.unicast.hopLimit = OptionalInt.of(hopLimit))
            .complains("({name}): TTL '{value}' not valid - must be between 0 & 255")
            .standard("255")
            .doc("how many routers may forward the advertisements, and one"),
        Keyword.<InstanceDraft>custom(
                "old_unicast_checksum", Arity.OPTIONAL, "[never]", UnicastKeywords::oldChecksum)
            .standardInWords("as each peer does")
            .doc(
                "the checksum of version 3 as keepalived made it before 1.3.7; never: do not"
                    + " believe peers that make it"),
        Keyword.<InstanceDraft>flag(
                "unicast_fault_no_peer", i -> i.unicast.faultWithoutPeers = true)
            .doc("without peers do not speak to the multicast group, but be in FAULT"));
  }

  /** What shows at the closing brace of the instance. */
  static void end(Statement instance, InstanceDraft draft, GrammarReport report) {
    UnicastDraft unicast = draft.unicast;
    if (unicast.hopLimit.isPresent() && !unicast.hasPeers()) {
      report.warn(
          instance
              .block()
              .flatMap(Statement.Block::close)
              .orElseGet(() -> draft.placeOf("unicast_ttl")),
          "unicast-ttl-without-peers",
          "(" + draft.name() + "): Cannot use unicast_ttl without unicast peers - resetting");
      unicast.hopLimit = OptionalInt.empty();
    }
  }

  private static void source(Statement statement, InstanceDraft draft, GrammarReport report) {
    draft.unicast.asked = true;
    InstanceAddressKeywords.source(statement, draft, report);
  }

  /** COMPAT: a mode that keepalived does not know still counts as a word of unicast. */
  private static void oldChecksum(Statement statement, InstanceDraft draft, GrammarReport report) {
    draft.unicast.asked = true;
    if (statement.arguments().isEmpty()) {
      draft.unicast.oldChecksum = Unicast.OldChecksum.Use.ALWAYS;
      return;
    }
    Token mode = statement.arguments().get(0);
    if (mode.is("never")) {
      draft.unicast.oldChecksum = Unicast.OldChecksum.Use.NEVER;
    } else {
      report.warn(
          mode,
          "bad-old-unicast-checksum",
          "(" + draft.name() + ") Unknown old_unicast_chksum mode " + mode.text() + " - ignoring");
    }
  }

  private static void peers(Statement statement, InstanceDraft draft, GrammarReport report) {
    draft.unicast.asked = true;
    statement.block().ifPresent(b -> b.statements().forEach(line -> peer(line, draft, report)));
  }

  private static void peer(Statement line, InstanceDraft draft, GrammarReport report) {
    Token word = line.keyword();
    String text = Addresses.withoutPrefix(word.text());
    Optional<InetAddress> read = Addresses.ip(text);
    String who = "Configuration error: VRRP instance[" + draft.name() + "]";
    if (read.isEmpty()) {
      report.warn(
          word,
          "bad-unicast-peer",
          who + " malformed unicast peer address[" + word.text() + "]. Skipping...");
    } else if (!InstanceAddressKeywords.belongs(draft, read.get())) {
      report.warn(
          word,
          "wrong-family",
          who
              + " and unicast peer address["
              + word.text()
              + "] MUST be of the same family !!! Skipping...");
    } else {
      PeerLine options = new PeerLine(draft, report);
      options.read(line.arguments());
      draft.unicast.peers.add(options.peer(word, read.get()));
    }
  }
}
