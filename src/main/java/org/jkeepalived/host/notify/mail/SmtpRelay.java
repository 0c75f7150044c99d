package org.jkeepalived.host.notify.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.Relay;
import org.jkeepalived.notify.mail.RelayFailure;

/** A mail server reached by SMTP: resolves its name anew for each connection. */
final class SmtpRelay implements Relay {

  /** Of the addresses that a name has, only so many are tried. */
  private static final int MAXIMUM_ADDRESSES = 4;

  /** Makes what decides on certificates; called only where there is TLS. */
  @FunctionalInterface
  public interface Trust {
    SSLContext context() throws GeneralSecurityException;
  }

  private final Trust trust;
  private final LongSupplier nanoClock;
  private final SmtpLogin login = new SmtpLogin();
  private volatile Optional<SmtpConnection> connection = Optional.empty();
  private volatile boolean aborted;

  SmtpRelay(Trust trust, LongSupplier nanoClock) {
    this.trust = trust;
    this.nanoClock = nanoClock;
  }

  @Override
  public void open(MailSettings.Server server) throws RelayFailure {
    RelayFailure last = new RelayFailure("SMTP server " + server.host() + " has no address", true);
    InetAddress[] addresses = resolve(server.host());
    for (int i = 0; i < Math.min(addresses.length, MAXIMUM_ADDRESSES); i++) {
      SmtpConnection attempt = prepare(server, addresses[i]);
      try {
        attempt.open(login);
        return;
      } catch (RelayFailure e) {
        close(false);
        last = e;
        if (attempt.wasAccepted()) {
          break;
        }
      }
    }
    throw last;
  }

  private SmtpConnection prepare(MailSettings.Server server, InetAddress address)
      throws RelayFailure {
    try {
      Optional<SSLContext> tls =
          server.security() == MailSettings.Security.NONE
              ? Optional.empty()
              : Optional.of(trust.context());
      SmtpConnection made = new SmtpConnection(server, address, tls, new BoundedSocket(nanoClock));
      connection = Optional.of(made);
      if (aborted) {
        throw new RelayFailure("SMTP alerts end", true);
      }
      return made;
    } catch (GeneralSecurityException e) {
      throw new RelayFailure(
          "TLS for mail cannot be set up, see Java's trust store: " + e.getMessage(), true);
    }
  }

  private static InetAddress[] resolve(String host) throws RelayFailure {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new RelayFailure(
          "SMTP server " + host + ": this name has no address, see smtp_server", false);
    }
  }

  @Override
  public Answer send(Mail mail) throws RelayFailure {
    return connection
        .orElseThrow(() -> new IllegalStateException("no connection is open"))
        .send(mail);
  }

  @Override
  public void close(boolean politely) {
    connection.ifPresent(
        open -> {
          if (politely) {
            open.sayGoodbye();
          }
          open.disconnect();
        });
    connection = Optional.empty();
  }

  @Override
  public void abort() {
    aborted = true;
    connection.ifPresent(SmtpConnection::disconnect);
  }
}
