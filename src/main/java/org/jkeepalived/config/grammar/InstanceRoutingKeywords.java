package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;

/** The keywords of {@code vrrp_instance} that name routes and rules. */
final class InstanceRoutingKeywords {

  private InstanceRoutingKeywords() {}

  static List<Keyword<InstanceDraft>> table() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "virtual_routes", Arity.LIST, RouteLine.SYNTAX, InstanceRoutingKeywords::readRoutes)
            .doc("the routes that come and go with the addresses"),
        Keyword.<InstanceDraft>custom(
                "virtual_rules", Arity.LIST, RuleLine.SYNTAX, InstanceRoutingKeywords::readRules)
            .doc("the rules of policy routing that come and go with the addresses"));
  }

  private static void readRoutes(Statement statement, InstanceDraft draft, GrammarReport report) {
    StaticKeywords.each(
        statement,
        line ->
            RouteLine.read(line, draft.routing.names(), Optional.empty(), report)
                .ifPresent(
                    read -> {
                      draft.routes.add(read.route());
                      draft.routing.names(read.devices(), "VROUTE nexthop");
                    }));
  }

  private static void readRules(Statement statement, InstanceDraft draft, GrammarReport report) {
    StaticKeywords.each(
        statement,
        line ->
            RuleLine.read(line, draft.routing, false, report)
                .ifPresent(
                    read -> {
                      draft.rules.add(read.rule());
                      draft.routing.names(read.devices(), "rule");
                    }));
  }
}
