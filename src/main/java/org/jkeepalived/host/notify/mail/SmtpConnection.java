package org.jkeepalived.host.notify.mail;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.smtp.SMTPReply;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.MailSettings.Security;
import org.jkeepalived.notify.mail.HeaderText;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.MessageText;
import org.jkeepalived.notify.mail.Relay;
import org.jkeepalived.notify.mail.RelayFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SMTP dialogue with one address of the server. Its log lines are keepalived's. */
final class SmtpConnection {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);

  /** What connecting, and each mail, may take as a whole, in time-outs of the server. */
  private static final int DIALOGUE_TIMEOUTS = 4;

  private static final int DIALOGUE_BYTES = 256 * 1024;
  private static final long GOODBYE_NANOS = 1_000_000_000L;

  private final MailSettings.Server server;
  private final InetAddress address;
  private final BoundedSocket socket;
  private final SmtpClient client;
  private final String label;
  private boolean needsReset;

  /** Not connected yet; {@code tls} is there unless the server's security is none. */
  SmtpConnection(
      MailSettings.Server server,
      InetAddress address,
      Optional<SSLContext> tls,
      BoundedSocket socket) {
    this.server = server;
    this.address = address;
    this.socket = socket;
    client = new SmtpClient(server, tls, socket);
    label = "[" + address.getHostAddress() + "]:" + server.port();
  }

  /** Whether somebody accepted the connection, whatever he said then. */
  boolean wasAccepted() {
    return client.wasAccepted();
  }

  /** Connects, and goes as far as the server wants before it takes mails. */
  void open(SmtpLogin login) throws RelayFailure {
    socket.allow(DIALOGUE_TIMEOUTS * server.connectTimeoutNanos(), DIALOGUE_BYTES);
    try {
      client.connect(address, server.port());
      require("(E)SMTP", client.getReplyCode());
      LOG.debug("Remote SMTP server {} connected.", label);
      greet(login);
    } catch (IOException e) {
      throw SmtpTrouble.of(e, label, wasAccepted());
    }
  }

  /** COMPAT: HELO, as keepalived, unless something of EHLO's is needed. */
  private void greet(SmtpLogin login) throws IOException, RelayFailure {
    String name = onWire(HeaderText.envelope(server.heloName()));
    if (server.security() != Security.STARTTLS && server.login().isEmpty()) {
      require("HELO", client.helo(name));
      return;
    }
    require("EHLO", client.ehlo(name));
    if (server.security() == Security.STARTTLS) {
      if (!SmtpExtensions.parse(client.getReplyStrings()).startTls()) {
        throw SmtpTrouble.noStartTls(label);
      }
      if (!client.execTLS()) {
        require("STARTTLS", client.getReplyCode());
      }
      require("EHLO", client.ehlo(name));
    }
    if (server.login().isPresent()) {
      login.perform(client, server.login().get(), server.security() != Security.NONE, label);
    }
  }

  Relay.Answer send(Mail mail) throws RelayFailure {
    socket.allow(DIALOGUE_TIMEOUTS * server.connectTimeoutNanos(), DIALOGUE_BYTES);
    try {
      if (needsReset) {
        require("RSET", client.rset());
      }
      needsReset = true;
      return converse(mail);
    } catch (IOException e) {
      throw SmtpTrouble.of(e, label, true);
    }
  }

  private Relay.Answer converse(Mail mail) throws IOException {
    int code = client.mail("<" + onWire(HeaderText.envelope(mail.sender())) + ">");
    if (!SMTPReply.isPositiveCompletion(code)) {
      return none("MAIL", mail.recipients());
    }
    List<String> accepted = new ArrayList<>();
    List<String> putOff = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (String recipient : mail.recipients()) {
      code = client.rcpt("<" + onWire(HeaderText.envelope(recipient)) + ">");
      if (SMTPReply.isPositiveCompletion(code)) {
        accepted.add(recipient);
      } else {
        complaints.add(complaintAbout(recipient));
        if (isTemporary(code)) {
          putOff.add(recipient);
        }
      }
    }
    if (accepted.isEmpty()) {
      return new Relay.Answer(false, putOff, complaints);
    }
    Optional<Relay.Answer> refusal = transmit(mail, accepted);
    if (refusal.isPresent()) {
      putOff.addAll(refusal.get().putOff());
      complaints.addAll(refusal.get().complaints());
      return new Relay.Answer(false, putOff, complaints);
    }
    return new Relay.Answer(true, putOff, complaints);
  }

  /** Sends the text; gives the answer where the server does not take it. */
  private Optional<Relay.Answer> transmit(Mail mail, List<String> accepted) throws IOException {
    Writer writer = client.sendMessageData();
    if (writer == null) {
      return Optional.of(none("DATA", accepted));
    }
    writer.write(onWire(MessageText.of(mail)));
    writer.close(); // says that the text ends; the connection goes on
    if (!client.completePendingCommand()) {
      return Optional.of(none("BODY", accepted));
    }
    needsReset = false;
    return Optional.empty();
  }

  private Relay.Answer none(String command, List<String> recipients) {
    return new Relay.Answer(
        false,
        isTemporary(client.getReplyCode()) ? recipients : List.of(),
        List.of(complaint(command)));
  }

  private String complaint(String command) {
    return SmtpTrouble.refused(command, label, client.getReplyCode(), client.getReplyString());
  }

  private String complaintAbout(String recipient) {
    return SmtpTrouble.refusedRecipient(
        recipient, label, client.getReplyCode(), client.getReplyString());
  }

  private void require(String command, int code) throws RelayFailure {
    if (!SMTPReply.isPositiveCompletion(code)) {
      throw new RelayFailure(complaint(command), !isTemporary(code));
    }
  }

  private static boolean isTemporary(int code) {
    return code < 500 || code > 599;
  }

  /** The client turns each character into one byte: COMPAT: UTF-8 goes out as it came. */
  private static String onWire(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A server that does not answer the goodbye keeps nobody waiting. */
  void sayGoodbye() {
    socket.allow(Math.min(GOODBYE_NANOS, server.connectTimeoutNanos()), DIALOGUE_BYTES);
    try {
      client.quit();
    } catch (IOException e) {
      LOG.trace("SMTP server {} did not say goodbye", label, e);
    }
  }

  /** From any thread: closes the socket, whoever waits for it. */
  void disconnect() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.trace("SMTP server {}: closing", label, e);
    }
  }
}
