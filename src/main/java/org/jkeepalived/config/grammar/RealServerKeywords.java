package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.ServerAddress;

/** {@code real_server}: one that answers for a virtual server. */
final class RealServerKeywords {

  private RealServerKeywords() {}

  private static final Block<RealServerDraft> BLOCK =
      new Block<>(
          VirtualServerKeywords.PATH + "/real_server",
          table(),
          tidings(),
          ServerKeywords.ofRealServers(),
          TimingKeywords.ofRealServers(),
          CheckKeywords.all());

  static final Keyword<VirtualServerDraft> KEYWORD =
      Keyword.<VirtualServerDraft>custom(
              "real_server", Arity.NAMED_BLOCK, "ADDRESS [PORT]", RealServerKeywords::read)
          .opens(BLOCK)
          .doc("one that answers for the virtual server");

  private static List<Keyword<RealServerDraft>> table() {
    return List.of(
        Keyword.<RealServerDraft, Integer>value(
                "weight",
                Argument.integer(0, Integer.MAX_VALUE),
                (d, n) -> d.weight = Optional.of(n))
            .complains("Real server weight {value} is outside range 0-2147483647")
            .standardInWords("weight of the virtual server")
            .doc("how much it is given, beside the others"),
        Keyword.<RealServerDraft>custom(
                "lvs_method",
                Arity.REQUIRED,
                ForwardingLine.SYNTAX,
                (statement, draft, report) ->
                    ForwardingLine.read(statement.arguments(), "real server", report)
                        .ifPresent(read -> draft.forwarding = Optional.of(read)))
            .standardInWords("lvs_method of the virtual server")
            .doc("how packets reach it"),
        threshold("uthreshold", (d, n) -> d.upperThreshold = n)
            .doc("connections from which it gets no more; 0: no bound"),
        threshold("lthreshold", (d, n) -> d.lowerThreshold = n)
            .doc("connections below which it gets some again; 0: no bound"),
        Keyword.<RealServerDraft>toggle(
                "inhibit_on_failure", (d, on) -> d.inhibited = Optional.of(on))
            .complains("Invalid inhibit_on_failure parameter {value}")
            .standardInWords("what the virtual server says")
            .doc("it stays in the table with weight 0 when it fails"));
  }

  private static List<Keyword<RealServerDraft>> tidings() {
    return List.of(
        Keyword.<RealServerDraft>custom(
                "notify_up",
                Arity.REQUIRED,
                "STRING [USER [GROUP]]",
                (statement, d, report) ->
                    d.up = VirtualServerKeywords.command(statement, d, d.up, report))
            .doc("what runs when it is well again"),
        Keyword.<RealServerDraft>custom(
                "notify_down",
                Arity.REQUIRED,
                "STRING [USER [GROUP]]",
                (statement, d, report) ->
                    d.down = VirtualServerKeywords.command(statement, d, d.down, report))
            .doc("what runs when it fails"),
        Keyword.<RealServerDraft>toggle("alpha", (d, on) -> d.alpha = Optional.of(on))
            .complains("Invalid alpha parameter {value}")
            .standardInWords("what the virtual server says")
            .doc("it is down until its checks have succeeded"));
  }

  private static Keyword<RealServerDraft> threshold(
      String name, BiConsumer<RealServerDraft, Long> sets) {
    return Keyword.<RealServerDraft, Long>value(name, Argument.unsigned(), sets)
        .complains("Invalid real_server " + name + " '{value}' - ignoring")
        .standard("0");
  }

  private static void read(Statement statement, VirtualServerDraft service, GrammarReport report) {
    Optional<ServerAddress> address = ServerWords.read(statement.arguments(), report);
    if (address.isEmpty()) {
      report.warn(
          statement.arguments().get(0),
          "bad-real-server",
          "Invalid real server ip address/port "
              + ServerWords.written(statement.arguments(), "/")
              + " - skipping");
      VirtualServerKeywords.skip(statement, VirtualServerKeywords.PATH, report);
      return;
    }
    RealServerDraft draft = new RealServerDraft(service, address.get());
    statement.block().ifPresent(b -> BLOCK.read(b.statements(), draft, report));
    Token end = statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
    if (service.takes(draft.address.family(), draft.forwarding)) {
      service.servers.add(draft);
    } else {
      VirtualServerKeywords.differentFamily(end, "real server", draft.address, report);
    }
  }
}
