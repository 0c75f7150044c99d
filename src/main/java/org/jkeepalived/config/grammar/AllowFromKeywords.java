package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AllowedSenders.Network;

/** The keyword of {@code jkeepalived} that says who may speak VRRP to this machine. */
final class AllowFromKeywords {

  private AllowFromKeywords() {}

  static List<Keyword<GlobalDraft>> ownTable() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "allow_from", Arity.BLOCK, "[INSTANCE …]", AllowFromKeywords::read)
            .standardInWords("all may")
            .doc(
                "addresses and networks (ADDRESS[/LENGTH], any number on a line) that may speak to"
                    + " these instances, or to all that no other allow_from names; packets of"
                    + " others are counted, and most of them are left in the kernel"));
  }

  private static void read(Statement statement, GlobalDraft globals, GrammarReport report) {
    List<Network> networks = new ArrayList<>();
    statement
        .block()
        .ifPresent(
            block ->
                block
                    .statements()
                    .forEach(
                        line -> line.words().forEach(word -> network(word, networks, report))));
    if (networks.isEmpty()) {
      report.at(
          statement.keyword(),
          Severity.WARNING,
          "empty-allow-from",
          "allow_from lists nobody - ignoring",
          "list the addresses or networks of the other machines");
      return;
    }
    if (statement.arguments().isEmpty()) {
      globals.allowed.general.addAll(networks);
    }
    statement.arguments().forEach(name -> globals.allowed.of(name).addAll(networks));
  }

  private static void network(Token word, List<Network> networks, GrammarReport report) {
    Optional<InetAddress> address = Addresses.ip(Addresses.withoutPrefix(word.text()));
    int most = address.map(known -> 8 * known.getAddress().length).orElse(0);
    int slash = word.text().indexOf('/');
    String length = slash < 0 ? Integer.toString(most) : word.text().substring(slash + 1);
    if (address.isEmpty() || !length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
      report.warn(
          word,
          "bad-allow-from",
          "allow_from '" + word.text() + "' is no address or network - ignoring");
      return;
    }
    int prefixLength = Integer.parseInt(length);
    networks.add(
        new Network(Addresses.withHostBits(address.get(), prefixLength, false), prefixLength));
  }
}
