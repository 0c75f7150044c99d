package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.SmtpCheck;

/**
 * {@code SMTP_CHECK}: a mail server greets and answers.
 *
 * <p>COMPAT: each {@code host} in it is a check of its own, beside and behind the one that it
 * stands in; of that one it has the name and nothing else.
 */
final class SmtpCheckKeywords {

  private static final String HELO_NAME = "smtpchecker.keepalived.org";
  private static final String PATH = CheckKeywords.path("SMTP_CHECK");

  private SmtpCheckKeywords() {}

  private static final class SmtpDraft extends ConnectingDraft {
    private Optional<String> heloName = Optional.empty();
    private final List<HostDraft> hosts = new ArrayList<>();

    private SmtpDraft(RealServerDraft server) {
      super(server);
    }

    private String sentName() {
      return heloName.orElse(HELO_NAME);
    }

    @Override
    List<CheckDraft> all() {
      return Stream.<CheckDraft>concat(Stream.of(this), hosts.stream()).toList();
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return smtp(this, around, sentName());
    }
  }

  private static final class HostDraft extends ConnectingDraft {
    private final SmtpDraft within;

    private HostDraft(SmtpDraft within) {
      super(within.server);
      this.within = within;
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return smtp(this, around, within.sentName());
    }
  }

  private static Optional<Check> smtp(
      ConnectingDraft draft, CheckDraft.Surroundings around, String heloName) {
    return Optional.of(new SmtpCheck(draft.schedule(around, 1, 1), draft.connection(), heloName));
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<SmtpDraft>(PATH, ConnectionKeywords.table(), table()),
              SmtpDraft::new,
              (draft, end, report) -> true)
          .doc("well while a mail server greets and answers");

  private static List<Keyword<SmtpDraft>> table() {
    Block<HostDraft> host = new Block<>(PATH + "/host", ConnectionKeywords.table());
    return List.of(
        Keyword.<SmtpDraft>custom(
                "helo_name",
                Arity.OPTIONAL,
                "NAME",
                (statement, draft, report) ->
                    draft.heloName = Optional.of(statement.arguments().get(0).text()))
            .unlessMissing("SMTP_CHECK helo name missing")
            .standard(HELO_NAME)
            .doc("the name to say HELO with"),
        Keyword.<SmtpDraft>custom(
                "host",
                Arity.BLOCK,
                Values.NONE,
                (statement, draft, report) -> host(statement, draft, host, report))
            .opens(host)
            .doc("one more check of this kind, of another address"));
  }

  private static void host(
      Statement statement, SmtpDraft draft, Block<HostDraft> block, GrammarReport report) {
    HostDraft host = new HostDraft(draft);
    statement.block().ifPresent(b -> block.read(b.statements(), host, report));
    draft.hosts.add(host);
    report.aside(
        statement.keyword(),
        "smtp-host",
        "The SMTP_CHECK host block is deprecated. Please define additional checkers.",
        "write another SMTP_CHECK instead");
  }
}
