package org.jkeepalived.config.grammar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.PacketMarking;

/** What {@code global_defs} says of marks that make a group's addresses one service. */
final class MarkingKeywords {

  /** The kernel's bound, as keepalived has it. */
  private static final int MOST_NAME_BYTES = 255;

  private MarkingKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "nftables_ipvs", Arity.OPTIONAL, "[TABLE]", MarkingKeywords::marking)
            .standardInWords("each address of a group is a service")
            .alone(PacketMarking.STANDARD_TABLE)
            .doc("mark packets to a group's addresses by nftables: they are one service by mark"),
        Keyword.<GlobalDraft, Integer>value(
                "nftables_ipvs_priority",
                Argument.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
                (g, priority) -> g.director.markPriority = priority)
            .complains("invalid ipvs nftables chain priority '{value}'")
            .standard(Integer.toString(PacketMarking.STANDARD_PRIORITY))
            .doc("the priority of the chain that marks packets"),
        Keyword.<GlobalDraft, Long>value(
                "nftables_ipvs_start_fwmark",
                Argument.unsigned(1),
                (g, mark) -> g.director.firstMark = mark)
            .complains("invalid ipvs nftables start_fwmark priority '{value}'")
            .standard(Long.toString(PacketMarking.STANDARD_FIRST_MARK))
            .doc("the mark of the first group; each of the others has one more"));
  }

  private static void marking(Statement statement, GlobalDraft globals, GrammarReport report) {
    Optional<Token> word = statement.arguments().stream().findFirst();
    if (globals.director.markTable.isPresent()) {
      report.warn(
          statement.keyword(), "duplicate-keyword", "ipvs nftables already specified - ignoring");
    } else if (word.filter(MarkingKeywords::isTooLong).isPresent()) {
      report.warn(word.get(), "bad-table", "ipvs nftables table name too long - ignoring");
    } else {
      globals.director.markTable =
          word.map(Token::text).or(() -> Optional.of(PacketMarking.STANDARD_TABLE));
    }
  }

  private static boolean isTooLong(Token word) {
    return word.text().getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES;
  }
}
