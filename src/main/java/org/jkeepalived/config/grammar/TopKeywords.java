package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jkeepalived.config.syntax.Token;

/** What stands outside all blocks, and the blocks that concern the daemon as a whole. */
final class TopKeywords {

  private TopKeywords() {}

  static final Block<GlobalDraft> BLOCK =
      new Block<>(
          Catalogue.TOP,
          List.of(
              name("instance", g -> g.processInstance, (g, n) -> g.processInstance = n)
                  .doc("the name of this process among several in one namespace"),
              name("net_namespace", g -> g.networkNamespace, (g, n) -> g.networkNamespace = n)
                  .doc("the network namespace to run in"),
              TableSocketKeywords.namespace(),
              Keyword.<GlobalDraft>flag("namespace_with_ipsets", g -> {})
                  .inert()
                  .remarking(
                      "needless-keyword",
                      "namespace_with_ipsets has no effect: it is for kernels before 3.13")
                  .doc("use ipsets in a namespace before Linux 3.13, which is too old for us"),
              Keyword.<GlobalDraft>flag("use_pid_dir", g -> g.usePidDirectory = true)
                  .doc("put the pid files into /run/keepalived"),
              Keyword.<GlobalDraft, Integer>value(
                      "child_wait_time", Argument.integer(0, Integer.MAX_VALUE), (g, seconds) -> {})
                  .complains("Invalid child_wait_time {value}")
                  .inert()
                  .remarking(
                      "needless-keyword",
                      "child_wait_time has no effect: there are no child processes to wait for")
                  .doc("how long to wait for processes of keepalived's that end: here is one"),
              Keyword.block("global_defs", GlobalKeywords.BLOCK)
                  .doc("what concerns the daemon as a whole, and defaults for all instances"),
              GarpGroupKeywords.KEYWORD,
              ScriptTrackerKeywords.KEYWORD,
              FileTrackerKeywords.KEYWORD,
              FileTrackerKeywords.OLD_KEYWORD,
              ProcessTrackerKeywords.KEYWORD,
              SyncGroupKeywords.KEYWORD,
              InstanceKeywords.KEYWORD,
              ServerGroupKeywords.KEYWORD,
              VirtualServerKeywords.KEYWORD,
              SslKeywords.KEYWORD,
              Keyword.block("jkeepalived", OwnKeywords.BLOCK)
                  .doc("settings that keepalived does not have")),
          LinkWatchKeywords.table(),
          StaticKeywords.table());

  private static Keyword<GlobalDraft> name(
      String keyword,
      Function<GlobalDraft, Optional<String>> get,
      BiConsumer<GlobalDraft, Optional<String>> set) {
    return Keyword.custom(
        keyword,
        Keyword.Arity.OPTIONAL,
        "NAME",
        (statement, draft, report) -> {
          if (statement.arguments().isEmpty()) {
            report.warn(statement.keyword(), "missing-name", keyword + " name missing - ignoring");
            return;
          }
          Token word = statement.arguments().get(0);
          if (get.apply(draft).isPresent()) {
            report.warn(
                word,
                "duplicate-" + keyword.replace('_', '-'),
                "Duplicate " + keyword + " definition " + word.text() + " - ignoring");
          } else {
            set.accept(draft, Optional.of(word.text()));
          }
        });
  }
}
