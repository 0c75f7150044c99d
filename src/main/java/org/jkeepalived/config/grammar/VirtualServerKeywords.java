package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.grammar.VirtualServerDraft.Head;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.ServerAddress;

/** {@code virtual_server}: a service, and the real servers that answer for it. */
final class VirtualServerKeywords {

  /** The catalogue's name for its block. */
  static final String PATH = "virtual_server";

  private static final Argument<Long> MARK = Argument.unsigned();

  private VirtualServerKeywords() {}

  /** Made when the first virtual server is read: who has none does not wait for it at the start. */
  private static final class Inside {
    private static final Block<VirtualServerDraft> BLOCK =
        new Block<>(
            PATH,
            ServiceKeywords.table(),
            TimingKeywords.ofVirtualServers(),
            PoolKeywords.table(),
            List.of(RealServerKeywords.KEYWORD));
  }

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              PATH,
              Arity.NAMED_BLOCK,
              "ADDRESS [PORT] | fwmark MARK | group NAME",
              VirtualServerKeywords::read)
          .opensWhenAsked(() -> Inside.BLOCK)
          .doc("a service, and the real servers that answer for it");

  private static void read(Statement statement, GlobalDraft globals, GrammarReport report) {
    Optional<Head> head = head(statement.arguments(), report);
    if (head.isEmpty()) {
      skip(statement, Catalogue.TOP, report);
      return;
    }
    VirtualServerDraft draft = new VirtualServerDraft(head.get(), globals.trackers);
    statement.block().ifPresent(b -> Inside.BLOCK.read(b.statements(), draft, report));
    Token end = statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
    draft
        .sorry
        .filter(sorry -> !draft.takes(sorry.address.family(), sorry.forwarding))
        .ifPresent(
            sorry -> {
              differentFamily(end, "sorry server", sorry.address, report);
              draft.sorry = Optional.empty();
            });
    globals.director.servers.add(draft);
  }

  /** Of a block that is not read, what is unknown in it is told all the same. */
  static void skip(Statement statement, String block, GrammarReport report) {
    Catalogue.find(block, statement.keyword().text())
        .ifPresent(entry -> Unsupported.checkInside(statement, entry, report));
  }

  /**
   * Says that a server cannot be reached.
   *
   * @param end where the block ends that keepalived names the line of
   */
  static void differentFamily(Token end, String what, ServerAddress address, GrammarReport report) {
    report.warn(
        end,
        "family-mismatch",
        "Address family of virtual server and "
            + what
            + " "
            + address.addressText()
            + " don't match - skipping "
            + what
            + ".");
  }

  private static Optional<Head> head(List<Token> words, GrammarReport report) {
    Token word = words.get(0);
    if (word.is("group") || word.is("fwmark")) {
      if (words.size() < 2) {
        report.warn(
            word,
            "missing-parameter",
            "virtual server " + word.text() + " has no value - skipping");
        return Optional.empty();
      }
      return word.is("group")
          ? Optional.of(
              new Head(
                  words.get(1),
                  Optional.empty(),
                  OptionalLong.empty(),
                  Optional.of(words.get(1).text())))
          : mark(words.get(1), report);
    }
    Optional<ServerAddress> address = ServerWords.read(words, report);
    if (address.isEmpty()) {
      report.warn(
          word,
          "bad-virtual-server",
          "Invalid virtual server IP address/port "
              + ServerWords.written(words, "/")
              + " - skipping");
    }
    return address.map(
        at -> new Head(word, Optional.of(at), OptionalLong.empty(), Optional.empty()));
  }

  /** A mark of 0 is that of packets without a mark, which IPVS cannot balance. */
  private static Optional<Head> mark(Token word, GrammarReport report) {
    Argument.Parsed<Long> parsed = MARK.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().filter(number -> number > 0).isEmpty()) {
      report.warn(
          word,
          "bad-fwmark",
          "virtual server fwmark '" + word.text() + "' must be in [0, 4294967295] - ignoring");
      return Optional.empty();
    }
    return Optional.of(
        new Head(word, Optional.empty(), OptionalLong.of(parsed.value().get()), Optional.empty()));
  }

  /** Keeps the first command of a keyword, as keepalived does. */
  static Optional<CommandStatement> command(
      Statement statement, Draft draft, Optional<CommandStatement> before, GrammarReport report) {
    if (before.isPresent()) {
      List<Token> words = new ArrayList<>(statement.escapedWords().words());
      Token word = words.size() > 1 ? words.get(1) : statement.keyword();
      report.warn(
          word,
          "duplicate-script",
          "("
              + draft.name()
              + ") "
              + statement.keyword().text()
              + " script already specified - ignoring "
              + word.text());
      return before;
    }
    return CommandStatement.read(statement, report);
  }
}
