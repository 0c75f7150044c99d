package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** {@code garp_group}: the time between gratuitous ARPs on one interface, or on several. */
final class GarpGroupKeywords {

  private GarpGroupKeywords() {}

  private static final class GroupDraft implements Draft {
    private boolean anyDelay;

    /** COMPAT: only those with {@code interfaces} are numbered; all others are 0. */
    private int number;

    /** Whether {@code interfaces} stands in it. */
    private boolean several;

    private Optional<Long> intervalNanos = Optional.empty();
    private Optional<Long> neighbourIntervalNanos = Optional.empty();
    private final List<Token> interfaces = new ArrayList<>();

    @Override
    public String name() {
      return "";
    }

    @Override
    public void saw(Token keyword) {
      anyDelay |= keyword.is("garp_interval") || keyword.is("gna_interval");
    }
  }

  private static final Block<GroupDraft> BLOCK =
      new Block<>(
          "garp_group",
          List.of(
              Keyword.<GroupDraft, Long>value(
                      "garp_interval",
                      Argument.seconds("0.000001", Argument.MAX_TIME),
                      (g, nanos) -> g.intervalNanos = Optional.of(nanos))
                  .complains("")
                  .doc("seconds between two gratuitous ARPs on the interface"),
              Keyword.<GroupDraft, Long>value(
                      "gna_interval",
                      Argument.seconds("0.000001", Argument.MAX_TIME),
                      (g, nanos) -> g.neighbourIntervalNanos = Optional.of(nanos))
                  .complains("")
                  .doc("seconds between two of IPv6's unsolicited neighbour advertisements"),
              Keyword.<GroupDraft>custom(
                      "interface",
                      Keyword.Arity.REQUIRED,
                      "LINK",
                      (statement, group, report) ->
                          group.interfaces.add(statement.arguments().get(0)))
                  .doc("the interface"),
              Keyword.<GroupDraft>custom(
                      "interfaces", Keyword.Arity.LIST, "LINK", GarpGroupKeywords::readInterfaces)
                  .doc("several interfaces behind one switch")));

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              "garp_group", Keyword.Arity.BLOCK, "", GarpGroupKeywords::readGroup)
          .opens(BLOCK)
          .doc("how fast gratuitous ARPs may follow one another");

  private static void readGroup(Statement statement, GlobalDraft globals, GrammarReport report) {
    GroupDraft group = new GroupDraft();
    statement.block().ifPresent(block -> BLOCK.read(block.statements(), group, report));
    if (group.several) {
      globals.announcementGroups++;
      group.number = globals.announcementGroups;
    }
    globals.announcementGroupLinks.addAll(group.interfaces);
    if (!group.anyDelay) {
      report.warn(
          statement.block().flatMap(Statement.Block::close).orElse(statement.keyword()),
          "empty-garp-group",
          "garp group " + group.number + " does not have any delay set - removing");
    }
    for (Token link : group.interfaces) {
      if (!globals.announcementGroupInterfaces.add(link.text())) {
        report.warn(
            link,
            "duplicate-garp-group",
            "garp_group already specified for " + link.text() + " - ignoring");
      }
    }
    group.intervalNanos.ifPresent(
        nanos -> {
          for (Token link : group.interfaces) {
            globals.announcementIntervalNanosByInterface.putIfAbsent(link.text(), nanos);
          }
        });
    group.neighbourIntervalNanos.ifPresent(
        nanos -> {
          for (Token link : group.interfaces) {
            globals.neighbourIntervalNanosByInterface.putIfAbsent(link.text(), nanos);
          }
        });
  }

  private static void readInterfaces(Statement statement, GroupDraft group, GrammarReport report) {
    group.several = true;
    statement
        .block()
        .ifPresent(
            block -> block.statements().forEach(line -> group.interfaces.addAll(line.words())));
    report.at(
        statement.keyword(),
        Severity.NOTE,
        Unsupported.CODE + "-aggregate",
        "jkeepalived keeps the interval on each interface by itself, not across all of 'interfaces'");
  }
}
