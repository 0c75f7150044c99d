package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where alerts go by mail.
 *
 * @param recipients {@code notification_email}, at least one
 * @param sender {@code notification_email_from}
 * @param server whom to hand it to
 * @param faults unless {@code no_email_faults}: a FAULT is worth a mail
 */
public record MailSettings(List<String> recipients, String sender, Server server, boolean faults) {
  public MailSettings {
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(sender);
    Objects.requireNonNull(server);
  }

  /**
   * The SMTP server.
   *
   * @param host {@code smtp_server}: a name or an address
   * @param port 1 to 65535
   * @param heloName {@code smtp_helo_name}
   * @param connectTimeoutNanos {@code smtp_connect_timeout}, more than 0
   * @param security how the connection is protected
   * @param login who we are to it
   */
  public record Server(
      String host,
      int port,
      String heloName,
      long connectTimeoutNanos,
      Security security,
      Optional<Login> login) {
    public Server {
      Objects.requireNonNull(host);
      Objects.requireNonNull(heloName);
      Objects.requireNonNull(security);
      Objects.requireNonNull(login);
    }
  }

  /** {@code smtp_security} in the {@code jkeepalived} block. */
  public enum Security {
    NONE,
    /** Refused where the server does not offer it. */
    STARTTLS,
    TLS
  }

  /**
   * {@code smtp_user} and {@code smtp_password_file} in the {@code jkeepalived} block.
   *
   * @param passwordFile the file whose first line is the password, read at each login
   */
  public record Login(String user, String passwordFile) {
    public Login {
      Objects.requireNonNull(user);
      Objects.requireNonNull(passwordFile);
    }
  }
}
