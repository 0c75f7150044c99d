package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.MailSettings;

/** The keywords about mail: keepalived's in {@code global_defs}, ours in {@code jkeepalived}. */
final class MailKeywords {

  private static final Argument<Integer> PORT = Argument.integer(1, 65535);
  private static final long SECOND_NANOS = 1_000_000_000L;

  private MailKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "notification_email", Arity.LIST, "ADDRESS", MailKeywords::recipients)
            .doc("who gets the mail"),
        Keyword.<GlobalDraft>custom(
                "notification_email_from",
                Arity.OPTIONAL,
                "ADDRESS",
                (statement, g, report) -> {
                  if (statement.arguments().isEmpty()) {
                    report.warn(
                        statement.keyword(), "no-email-from", "emailfrom missing - ignoring");
                  } else {
                    g.mail.sender = Optional.of(statement.arguments().get(0).text());
                  }
                })
            .standardInWords("root@ and the host's name")
            .doc("the sender"),
        Keyword.<GlobalDraft>custom(
                "smtp_server", Arity.REQUIRED, "HOST [PORT]", MailKeywords::server)
            .doc("the server that takes the mail, and its port, 25 if none is named"),
        Keyword.<GlobalDraft>custom(
                "smtp_helo_name",
                Arity.OPTIONAL,
                "NAME",
                (statement, g, report) ->
                    statement.arguments().stream()
                        .findFirst()
                        .ifPresent(word -> g.mail.heloName = Optional.of(word.text())))
            .standardInWords("the host's name")
            .doc("how we introduce ourselves to the server"),
        Keyword.<GlobalDraft, Long>value(
                "smtp_connect_timeout",
                Argument.wholeSeconds(0, Argument.MAX_SECONDS),
                (g, nanos) -> g.mail.connectTimeoutNanos = nanos)
            .complains("smtp_connect_timeout '{value}' must be in [0, 4294] - ignoring")
            .unlessZero(
                "smtp_conect_timeout must be greater than 0, setting to 1",
                g -> g.mail.connectTimeoutNanos = SECOND_NANOS)
            .standard("30")
            .doc("seconds until a connection has failed"),
        Keyword.<GlobalDraft>toggle("smtp_alert", (g, on) -> g.mail.alert = Optional.of(on))
            .complains("Invalid value '{value}' for global smtp_alert specified")
            .standard("off")
            .doc("send mail where nothing else is said"),
        Keyword.<GlobalDraft>toggle(
                "smtp_alert_vrrp", (g, on) -> g.mail.alertVrrp = Optional.of(on))
            .complains("Invalid value '{value}' for global smtp_alert_vrrp specified")
            .standardOf("smtp_alert")
            .doc("send mail where an instance or a sync group says nothing else"),
        Keyword.<GlobalDraft>toggle(
                "smtp_alert_checker", (g, on) -> g.mail.alertChecker = Optional.of(on))
            .complains("Invalid value '{value}' for global smtp_alert_checker specified")
            .standardOf("smtp_alert")
            .doc("send mail where a virtual server or a real server says nothing else"),
        Keyword.<GlobalDraft>toggle("no_checker_emails", (g, on) -> g.mail.eachCheck = !on)
            .complains("Invalid value '{value}' for global no_checker_emails specified")
            .standard("no")
            .doc("send no mail about a checker whose real server stays up or down"),
        Keyword.<GlobalDraft>flag("no_email_faults", g -> g.mail.faults = false)
            .doc("send no mail about faults"));
  }

  /** What keepalived does not have. */
  static List<Keyword<GlobalDraft>> ownTable() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "smtp_security", Arity.REQUIRED, "none|starttls|tls", MailKeywords::security)
            .standard("none")
            .doc("how the connection to smtp_server is protected"),
        Keyword.<GlobalDraft>custom(
                "smtp_user",
                Arity.REQUIRED,
                "NAME",
                (statement, g, report) -> g.mail.user = first(statement))
            .doc("who we are to smtp_server"),
        Keyword.<GlobalDraft>custom(
                "smtp_password_file",
                Arity.REQUIRED,
                "PATH",
                (statement, g, report) -> g.mail.passwordFile = first(statement))
            .doc("the file whose first line is the password; others must not be able to read it"),
        Keyword.<GlobalDraft>flag("smtp_login_unprotected", g -> g.mail.unprotectedLogin = true)
            .doc("log in without smtp_security, too: whoever listens learns the password"));
  }

  private static Optional<Token> first(Statement statement) {
    return Optional.of(statement.arguments().get(0));
  }

  private static void recipients(Statement statement, GlobalDraft draft, GrammarReport report) {
    statement
        .block()
        .ifPresent(
            block -> {
              if (block.statements().isEmpty()) {
                report.warn(
                    block.close().orElse(statement.keyword()),
                    "empty-notification-email",
                    "Warning - empty notification_email block");
              }
              block.statements().forEach(line -> draft.mail.recipients.addAll(line.words()));
            });
  }

  private static void server(Statement statement, GlobalDraft draft, GrammarReport report) {
    List<Token> words = statement.arguments();
    String host = words.get(0).text();
    if (words.size() > 1) {
      Token word = words.get(1);
      Argument.Parsed<Integer> port = PORT.parser().apply(word.text());
      port.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
      if (port.value().isEmpty()) {
        report.warn(word, "bad-smtp-server", "Invalid smtp server " + host + " " + word.text());
        return;
      }
      draft.mail.port = port.value().get();
    }
    draft.mail.host = Optional.of(host);
  }

  private static void security(Statement statement, GlobalDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    switch (word.text()) {
      case "none", "starttls", "tls" ->
          draft.mail.security = MailSettings.Security.valueOf(word.text().toUpperCase(Locale.ROOT));
      default ->
          report.warn(
              word,
              "bad-smtp-security",
              "smtp_security '" + word.text() + "' must be none, starttls or tls - ignoring");
    }
  }
}
