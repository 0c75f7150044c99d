package org.jkeepalived.host.notify.mail;

import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.mail.RelayFailure;

/** The sentences for what can go wrong with a server; those of keepalived where it has one. */
final class SmtpTrouble {

  private static final int MAXIMUM_CHARACTERS = 200;

  private SmtpTrouble() {}

  /**
   * What an exception means.
   *
   * @param label the server's address and port
   * @param accepted whether the connection stood when it came
   */
  static RelayFailure of(IOException e, String label, boolean accepted) {
    if (e instanceof SocketTimeoutException) {
      return new RelayFailure(
          accepted
              ? "Timeout reading data to remote SMTP server " + label + "."
              : "Timeout opening connection to remote SMTP server " + label + ".",
          false);
    }
    if (e instanceof SSLException) {
      return new RelayFailure(
          "TLS with SMTP server " + label + " failed: " + cut(reason(e)) + remedy(e), true);
    }
    return new RelayFailure(
        accepted
            ? "Connection to remote SMTP server " + label + " lost: " + cut(reason(e))
            : "Error connecting to remote SMTP server " + label + ": " + cut(reason(e)),
        false);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isEmpty() ? e.getClass().getSimpleName() : message;
  }

  private static String remedy(IOException e) {
    String reason = reason(e);
    if (reason.contains("subject alternative") || reason.contains("No name matching")) {
      return "; put a name that the certificate carries into smtp_server";
    }
    if (reason.contains("PKIX")) {
      return "; trust its issuer: keytool -importcert -cacerts -file CERTIFICATE";
    }
    if (reason.contains("Unsupported or unrecognized SSL message")) {
      return "; this port does not begin with TLS: smtp_security starttls, or another port";
    }
    return e instanceof SSLHandshakeException
        ? "; the certificate or the version of TLS is not acceptable"
        : "";
  }

  static RelayFailure noStartTls(String label) {
    return new RelayFailure(
        "SMTP server " + label + " does not offer STARTTLS, and smtp_security demands it", true);
  }

  static RelayFailure noLogin(String label, boolean isProtected) {
    return new RelayFailure(
        "SMTP server "
            + label
            + " offers none of the logins PLAIN, LOGIN and CRAM-MD5"
            + (isProtected
                ? ": remove smtp_user"
                : ": perhaps it does with TLS, see smtp_security"),
        true);
  }

  static RelayFailure badLogin(String label, MailSettings.Login login, String reply) {
    return new RelayFailure(
        "SMTP server "
            + label
            + " refuses smtp_user "
            + login.user()
            + " with the password in "
            + login.passwordFile()
            + ": "
            + cut(reply),
        true);
  }

  /** COMPAT: the line up to the code is keepalived's. */
  static String refused(String command, String label, int code, String reply) {
    return refusal(command, label, code) + " (" + cut(reply) + ")";
  }

  /** The same with whom the server does not take mail for, which keepalived does not tell. */
  static String refusedRecipient(String recipient, String label, int code, String reply) {
    return refusal("RCPT", label, code) + " for " + cut(recipient) + " (" + cut(reply) + ")";
  }

  private static String refusal(String command, String label, int code) {
    return "Error processing "
        + command
        + " cmd on SMTP server "
        + label
        + ". SMTP status code = "
        + code;
  }

  private static String cut(String text) {
    String line = text.strip();
    return line.length() <= MAXIMUM_CHARACTERS
        ? line
        : line.substring(0, MAXIMUM_CHARACTERS) + "...";
  }
}
