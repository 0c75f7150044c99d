package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.MailSettings;

/** What has been read of where alerts go by mail. */
final class MailDraft {

  private static final int SMTP_PORT = 25;
  private static final long SECOND_NANOS = 1_000_000_000L;

  final List<Token> recipients = new ArrayList<>();
  Optional<String> sender = Optional.empty();
  Optional<String> host = Optional.empty();
  int port = SMTP_PORT;
  Optional<String> heloName = Optional.empty();
  long connectTimeoutNanos = 30 * SECOND_NANOS;
  Optional<Boolean> alert = Optional.empty();
  Optional<Boolean> alertVrrp = Optional.empty();
  Optional<Boolean> alertChecker = Optional.empty();
  boolean faults = true;
  boolean eachCheck = true;

  MailSettings.Security security = MailSettings.Security.NONE;
  boolean unprotectedLogin;
  Optional<Token> user = Optional.empty();
  Optional<Token> passwordFile = Optional.empty();

  /**
   * The settings; empty where nobody is to get mail, or no server takes it.
   *
   * @param hostName this machine's
   * @param files where the password is to be found; it is not kept
   */
  Optional<MailSettings> complete(String hostName, SourceLoader files, GrammarReport report) {
    if (recipients.isEmpty()) {
      return Optional.empty();
    }
    if (host.isEmpty()) {
      report.aside(
          recipients.get(0), "no-smtp-server", "No smtp_server specified - no mail will be sent");
      return Optional.empty();
    }
    return Optional.of(
        new MailSettings(
            recipients.stream().map(Token::text).toList(),
            // COMPAT: the manual says keepalived@, keepalived the name of the user that it runs as
            sender.orElse("root@" + hostName),
            new MailSettings.Server(
                host.get(),
                port,
                heloName.orElse(hostName),
                connectTimeoutNanos,
                security,
                login(files, report)),
            faults));
  }

  private Optional<MailSettings.Login> login(SourceLoader files, GrammarReport report) {
    if (user.isPresent() != passwordFile.isPresent()) {
      report.warn(
          user.or(() -> passwordFile).orElseThrow(),
          "half-a-login",
          "smtp_user and smtp_password_file belong together - ignoring");
    }
    boolean unprotected = security == MailSettings.Security.NONE && !unprotectedLogin;
    if (user.isPresent() && passwordFile.isPresent() && unprotected) {
      report.at(
          user.get(),
          Severity.WARNING,
          "unprotected-login",
          "smtp_user without smtp_security: the password would go over the network unprotected -"
              + " ignoring",
          "set smtp_security, or smtp_login_unprotected if that is meant");
      return Optional.empty();
    }
    if (user.isPresent()) {
      passwordFile.ifPresent(file -> lookAtPassword(file, files.read(file.text()), report));
    }
    return user.flatMap(
        name -> passwordFile.map(file -> new MailSettings.Login(name.text(), file.text())));
  }

  /** It may be there when a mail is to be sent; but better hear of it now than at the failover. */
  private static void lookAtPassword(Token file, SourceLoader.Read read, GrammarReport report) {
    read.error()
        .ifPresent(
            error ->
                report.aside(
                    file,
                    "no-password-file",
                    "smtp_password_file " + file.text() + " " + error + " - no mail can be sent",
                    "write the password into its first line, and chmod 600 it"));
  }
}
