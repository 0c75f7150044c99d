package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.routing.StaticNetwork.Entry;

/** {@code track_group} and the static addresses, routes and rules. */
final class StaticKeywords {

  private static final String GROUP = "track_group";

  private StaticKeywords() {}

  private static final class GroupDraft implements Draft {
    private final String name;
    private Optional<List<String>> members = Optional.empty();

    GroupDraft(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }
  }

  private static final Block<GroupDraft> BLOCK =
      new Block<>(
          GROUP,
          List.of(
              Keyword.<GroupDraft>custom(
                      "group", Arity.LIST, "INSTANCE", StaticKeywords::readMembers)
                  .doc("the instances")));

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(GROUP, Arity.BLOCK, "NAME", StaticKeywords::readGroup)
            .opens(BLOCK)
            .doc("instances that are in FAULT while a static object of the group cannot be there"),
        lines("static_ipaddress", VirtualAddressLine.STATIC_SYNTAX, StaticKeywords::readAddress)
            .doc("addresses that are there whoever is master"),
        lines("static_routes", RouteLine.STATIC_SYNTAX, StaticKeywords::readRoute)
            .doc("routes that are there whoever is master"),
        lines("static_rules", RuleLine.STATIC_SYNTAX, StaticKeywords::readRule)
            .doc("rules of policy routing that are there whoever is master"));
  }

  private interface LineReader {
    void read(Statement line, GlobalDraft globals, GrammarReport report);
  }

  private static Keyword<GlobalDraft> lines(String name, String syntax, LineReader reader) {
    return Keyword.custom(
        name,
        Arity.LIST,
        syntax,
        (statement, globals, report) ->
            each(statement, line -> reader.read(line, globals, report)));
  }

  static void each(Statement statement, Consumer<Statement> reader) {
    statement.block().ifPresent(block -> block.statements().forEach(reader));
  }

  // ---- track groups ----

  private static void readGroup(Statement statement, GlobalDraft globals, GrammarReport report) {
    if (statement.arguments().size() != 1) {
      report.warn(statement.keyword(), "no-group-name", GROUP + " must have a name - skipping");
      return;
    }
    Token name = statement.arguments().get(0);
    if (globals.routing.groups.containsKey(name.text())) {
      report.warn(name, "duplicate-group", GROUP + " " + name.text() + " already defined");
      return;
    }
    GroupDraft group = new GroupDraft(name.text());
    statement.block().ifPresent(block -> BLOCK.read(block.statements(), group, report));
    globals.routing.groups.put(name.text(), group.members.orElse(List.of()));
  }

  private static void readMembers(Statement statement, GroupDraft group, GrammarReport report) {
    List<String> names = new ArrayList<>();
    each(statement, line -> line.words().forEach(word -> names.add(word.text())));
    if (names.isEmpty()) {
      report.warn(
          statement.block().flatMap(Statement.Block::close).orElse(statement.keyword()),
          "empty-group",
          "Warning - track group " + group.name() + " has empty group block");
    }
    group.members = Optional.of(names);
  }

  // ---- lines ----

  private static void readRoute(Statement line, GlobalDraft globals, GrammarReport report) {
    RoutingDraft routing = globals.routing;
    RouteLine.read(line, routing.names(), Optional.of(routing), report)
        .ifPresent(
            read -> {
              routing.routes.add(new Entry<>(read.route(), read.group()));
              routing.names(read.devices(), "VROUTE nexthop");
            });
  }

  private static void readRule(Statement line, GlobalDraft globals, GrammarReport report) {
    RoutingDraft routing = globals.routing;
    RuleLine.read(line, routing, true, report)
        .ifPresent(
            read -> {
              routing.rules.add(new Entry<>(read.rule(), read.group()));
              routing.names(read.devices(), "rule");
            });
  }

  private static void readAddress(Statement line, GlobalDraft globals, GrammarReport report) {
    Token word = line.keyword();
    String text = Addresses.withoutPrefix(word.text());
    Optional<InetAddress> address = Addresses.ip(text);
    if (address.isEmpty()) {
      report.warn(
          word, "bad-address", "VRRP parsed invalid IP " + word.text() + ". skipping IP...");
      return;
    }
    List<Token> words = new ArrayList<>(line.words());
    Optional<String> group = takeGroup(words, globals.routing, new RoutingWords(line, report));
    VirtualAddressLine.read(new Statement(words, line.block()), address.get(), report)
        .ifPresent(
            read -> {
              boolean says = read.device().isPresent();
              globals.routing.addresses.add(
                  new Entry<>(
                      says ? read.address() : read.address().on(globals.defaultInterface), group));
              globals.routing.names(
                  read.device().stream().toList(), "ip address " + read.written());
            });
  }

  /** Takes {@code track_group} out of an address's words. */
  private static Optional<String> takeGroup(
      List<Token> words, RoutingDraft routing, RoutingWords all) {
    for (int i = 1; i + 1 < words.size(); i++) {
      if (words.get(i).is(GROUP)) {
        words.remove(i);
        return routing.group(words.remove(i), all);
      }
    }
    return Optional.empty();
  }
}
