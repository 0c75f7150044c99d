package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.grammar.VirtualServerDraft.SorryDraft;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.ServerAddress;

/** The keywords of a virtual server about its pool: quorum, sorry server, and who hears of it. */
final class PoolKeywords {

  private PoolKeywords() {}

  static List<Keyword<VirtualServerDraft>> table() {
    return Stream.of(ServerKeywords.ofVirtualServers(), conduct(), quorum(), sorry())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Keyword<VirtualServerDraft>> conduct() {
    return List.of(
        Keyword.<VirtualServerDraft>flag("inhibit_on_failure", d -> d.inhibited = true)
            .doc("a server that fails stays in the table with weight 0"),
        Keyword.<VirtualServerDraft>flag("ha_suspend", d -> d.suspended = true)
            .doc("nothing is checked while this machine lacks the service's address"),
        Keyword.<VirtualServerDraft>flag("alpha", d -> d.alpha = true)
            .doc("servers are down until their checks have succeeded"),
        Keyword.<VirtualServerDraft>flag("omega", d -> d.omega = true)
            .doc("scripts run at the stop, too"));
  }

  private static List<Keyword<VirtualServerDraft>> quorum() {
    return List.of(
        Keyword.<VirtualServerDraft, Long>value(
                "quorum", Argument.unsigned(1), (d, n) -> d.quorum = n)
            .complains(
                "Quorum {value} must be in [1, 4294967295]. Setting to 1.",
                (draft, text) -> Optional.of(1L))
            .standard("1")
            .doc("what the live servers must weigh together"),
        Keyword.<VirtualServerDraft, Long>value(
                "hysteresis", Argument.unsigned(), (d, n) -> d.hysteresis = n)
            .complains("Hysteresis {value} must be in [0, 4294967295] - ignoring")
            .standard("0")
            .doc("by how much the quorum is missed before it is lost"),
        Keyword.<VirtualServerDraft>custom(
                "quorum_up",
                Arity.REQUIRED,
                "STRING [USER [GROUP]]",
                (statement, d, report) ->
                    d.quorumUp = VirtualServerKeywords.command(statement, d, d.quorumUp, report))
            .doc("what runs when the quorum is gained"),
        Keyword.<VirtualServerDraft>custom(
                "quorum_down",
                Arity.REQUIRED,
                "STRING [USER [GROUP]]",
                (statement, d, report) ->
                    d.quorumDown =
                        VirtualServerKeywords.command(statement, d, d.quorumDown, report))
            .doc("what runs when the quorum is lost"),
        Keyword.<VirtualServerDraft, Integer>value(
                "weight", Argument.integer(1, Integer.MAX_VALUE), (d, n) -> d.weight = n)
            .complains("Virtual server weight {value} is outside range 1-2147483647")
            .standard("1")
            .doc("the weight of real servers that name none"));
  }

  private static List<Keyword<VirtualServerDraft>> sorry() {
    return List.of(
        Keyword.<VirtualServerDraft>custom(
                "sorry_server", Arity.REQUIRED, "ADDRESS [PORT]", PoolKeywords::sorryServer)
            .doc("who answers while the quorum is not there"),
        Keyword.<VirtualServerDraft>custom(
                "sorry_server_inhibit", Arity.FLAG, Values.NONE, PoolKeywords::sorryInhibit)
            .doc("the sorry server stays in the table with weight 0 while it is not needed"),
        Keyword.<VirtualServerDraft>custom(
                "sorry_server_lvs_method",
                Arity.OPTIONAL,
                ForwardingLine.SYNTAX,
                PoolKeywords::sorryForwarding)
            .standardInWords("lvs_method of the virtual server")
            .doc("how packets reach the sorry server"));
  }

  private static void sorryServer(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    Optional<ServerAddress> address = ServerWords.read(statement.arguments(), report);
    if (address.isEmpty()) {
      Token word = statement.arguments().get(0);
      report.warn(
          word,
          "bad-sorry-server",
          "Invalid sorry server IP address " + word.text() + " - skipping");
    } else {
      draft.sorry = address.map(SorryDraft::new);
    }
  }

  private static void sorryInhibit(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    if (draft.sorry.isEmpty()) {
      report.warn(
          statement.keyword(),
          "no-sorry-server",
          "Ignoring sorry_server inhibit used before or without sorry_server");
    }
    draft.sorry.ifPresent(sorry -> sorry.inhibited = true);
  }

  private static void sorryForwarding(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    if (draft.sorry.isEmpty()) {
      report.warn(
          statement.keyword(),
          "no-sorry-server",
          "sorry_server forwarding used without sorry_server");
    } else if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "missing-parameter", "sorry_server_lvs_method has no value");
    } else {
      Optional<Forwarding> read =
          ForwardingLine.read(statement.arguments(), "sorry server", report);
      read.ifPresent(forwarding -> draft.sorry.get().forwarding = Optional.of(forwarding));
    }
  }
}
