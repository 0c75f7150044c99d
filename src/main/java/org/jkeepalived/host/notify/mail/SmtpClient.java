package org.jkeepalived.host.notify.mail;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.jkeepalived.model.MailSettings;

/**
 * The library's client for one connection, on a socket of our own. The certificate has to carry the
 * name in the configuration, not what that name resolves to.
 */
final class SmtpClient extends AuthenticatingSMTPClient {

  private final String serverName;
  private boolean accepted;

  SmtpClient(MailSettings.Server server, Optional<SSLContext> tls, BoundedSocket socket) {
    super(server.security() == MailSettings.Security.TLS, tls.orElse(null));
    serverName = server.host();
    setCharset(StandardCharsets.UTF_8);
    setEndpointCheckingEnabled(true);
    long millis = server.connectTimeoutNanos() / 1_000_000;
    int timeoutMillis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
    setConnectTimeout(timeoutMillis);
    setDefaultTimeout(timeoutMillis);
    setSocketFactory(
        new DefaultSocketFactory() {
          @Override
          public Socket createSocket() {
            return socket;
          }
        });
  }

  @Override
  protected void _connectAction_() throws IOException {
    accepted = true;
    _hostname_ = serverName;
    super._connectAction_();
  }

  /** Whether somebody accepted the connection. */
  boolean wasAccepted() {
    return accepted;
  }
}
