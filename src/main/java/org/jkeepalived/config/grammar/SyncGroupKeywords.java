package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** {@code vrrp_sync_group}: instances that are all master, or none. */
final class SyncGroupKeywords {

  private SyncGroupKeywords() {}

  private static final Block<SyncGroupDraft> BLOCK =
      new Block<>(
          "vrrp_sync_group",
          members(),
          TrackingKeywords.table(draft -> draft.tracking),
          NotificationKeywords.ofGroups());

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              "vrrp_sync_group", Arity.BLOCK, "NAME", SyncGroupKeywords::readGroup)
          .opens(BLOCK)
          .doc("instances that are all master, or none");

  private static List<Keyword<SyncGroupDraft>> members() {
    return List.of(
        Keyword.<SyncGroupDraft>custom(
                "group", Arity.LIST, "INSTANCE", SyncGroupKeywords::readMembers)
            .doc("the instances"),
        Keyword.<SyncGroupDraft>custom(
                "global_tracking",
                Arity.FLAG,
                "",
                (statement, draft, report) -> {
                  draft.sharesTracking = true;
                  report.warn(
                      statement.keyword(),
                      "deprecated-keyword",
                      "("
                          + draft.name()
                          + ") global_tracking is deprecated."
                          + " Use track_interface/script/file on the sync group");
                })
            .doc("what one instance tracks concerns all"),
        Keyword.<SyncGroupDraft>flag("sync_group_tracking_weight", d -> d.keepsWeights = true)
            .doc("instances may differ in the weights of what they track"));
  }

  private static void readGroup(Statement statement, GlobalDraft globals, GrammarReport report) {
    if (statement.arguments().size() != 1) {
      report.warn(
          statement.keyword(), "no-group-name", "vrrp_sync_group must have a name - skipping");
      return;
    }
    Token name = statement.arguments().get(0);
    if (globals.groups.containsKey(name.text())) {
      report.warn(name, "duplicate-group", "vrrp sync group " + name.text() + " already defined");
      return;
    }
    SyncGroupDraft draft = new SyncGroupDraft(name, globals.trackers);
    globals.groups.put(name.text(), draft);
    statement.block().ifPresent(block -> BLOCK.read(block.statements(), draft, report));
  }

  private static void readMembers(Statement statement, SyncGroupDraft draft, GrammarReport report) {
    if (draft.listed.isPresent()) {
      report.warn(
          statement.keyword(),
          "duplicate-group-list",
          "Group list already specified for sync group " + draft.name());
      return;
    }
    List<Token> words = new ArrayList<>();
    statement
        .block()
        .ifPresent(block -> block.statements().forEach(line -> words.addAll(line.words())));
    if (words.isEmpty()) {
      report.warn(
          statement.block().flatMap(Statement.Block::close).orElse(statement.keyword()),
          "empty-group",
          "Warning - sync group " + draft.name() + " has empty group block");
    }
    draft.listed = Optional.of(words);
  }
}
