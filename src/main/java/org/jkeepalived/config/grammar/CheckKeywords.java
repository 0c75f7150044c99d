package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** What all checks have in common: the block that each opens, and the keywords in it. */
final class CheckKeywords {

  private CheckKeywords() {}

  /** All kinds of checks. */
  static List<Keyword<RealServerDraft>> all() {
    return List.of(
        TcpCheckKeywords.KEYWORD,
        HttpCheckKeywords.HTTP_GET,
        HttpCheckKeywords.SSL_GET,
        MiscCheckKeywords.KEYWORD,
        SmtpCheckKeywords.KEYWORD,
        DnsCheckKeywords.KEYWORD,
        UdpCheckKeywords.KEYWORD,
        PingCheckKeywords.KEYWORD,
        FileCheckKeywords.KEYWORD);
  }

  /** Looks at a check that has been read to its end. */
  interface Completeness<D> {
    /**
     * Whether to keep it.
     *
     * @param end the closing brace, for remarks about what is missing
     */
    boolean isComplete(D draft, Token end, GrammarReport report);
  }

  /**
   * The keyword of one kind of check.
   *
   * @param start makes an empty draft
   * @param complete whether what was read is a check
   */
  static <D extends CheckDraft> Keyword<RealServerDraft> check(
      Block<D> block, Function<RealServerDraft, D> start, Completeness<D> complete) {
    String name = block.path().substring(block.path().lastIndexOf('/') + 1);
    return Keyword.<RealServerDraft>custom(
            name,
            Keyword.Arity.BLOCK,
            Values.NONE,
            (statement, server, report) -> {
              D draft = start.apply(server);
              statement.block().ifPresent(b -> block.read(b.statements(), draft, report));
              Token end =
                  statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
              if (complete.isComplete(draft, end, report)) {
                server.checks.addAll(draft.all());
              }
            })
        .opens(block);
  }

  /** The path of the block that such a check opens. */
  static String path(String check) {
    return VirtualServerKeywords.PATH + "/real_server/" + check;
  }

  /** What stands in every check. */
  static <D extends CheckDraft> List<Keyword<D>> common() {
    return Stream.concat(
            TimingKeywords.<D>ofChecks().stream(),
            Stream.of(
                Keyword.<D>toggle("alpha", (d, on) -> d.alpha = Optional.of(on))
                    .complains("Invalid alpha parameter {value}")
                    .standardInWords("what the real server says")
                    .doc("the server is down until the check has succeeded"),
                Keyword.<D>toggle(
                        "log_all_failures", (d, on) -> d.logsAllFailures = Optional.of(on))
                    .complains("Invalid log_all_failures parameter {value}")
                    .standardOf("checker_log_all_failures")
                    .doc("log failures that do not count yet, too")))
        .toList();
  }
}
