package org.jkeepalived.host.notify.mail;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient.AUTH_METHOD;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.mail.RelayFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in to a server, RFC 4954. */
final class SmtpLogin {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpLogin.class);

  private final PasswordFile passwords = new PasswordFile();
  private boolean toldOfOpenPassword;

  /** After EHLO; {@code isProtected} says whether there is TLS. */
  void perform(
      AuthenticatingSMTPClient client, MailSettings.Login login, boolean isProtected, String label)
      throws IOException, RelayFailure {
    String password = passwords.read(login.passwordFile());
    AUTH_METHOD method =
        SmtpExtensions.parse(client.getReplyStrings())
            .method(isProtected)
            .orElseThrow(() -> SmtpTrouble.noLogin(label, isProtected));
    if (!isProtected && method != AUTH_METHOD.CRAM_MD5 && !toldOfOpenPassword) {
      toldOfOpenPassword = true;
      LOG.warn(
          "The password for SMTP server {} goes over the network unprotected: set smtp_security",
          label);
    }
    if (!authenticate(client, method, login.user(), password, label)) {
      throw SmtpTrouble.badLogin(label, login, client.getReplyString());
    }
  }

  private static boolean authenticate(
      AuthenticatingSMTPClient client,
      AUTH_METHOD method,
      String user,
      String password,
      String label)
      throws IOException, RelayFailure {
    try {
      return client.auth(method, user, password);
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // the last two are what the library makes of a challenge that is none
      throw new RelayFailure("SMTP server " + label + " cannot be logged in to: " + e, true);
    }
  }
}
