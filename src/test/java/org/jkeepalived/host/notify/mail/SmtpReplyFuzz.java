package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.MailSettings.Login;
import org.jkeepalived.model.MailSettings.Security;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.MailSample;
import org.jkeepalived.notify.mail.Relay;
import org.jkeepalived.notify.mail.RelayFailure;

/** All that a server says in a dialogue about two mails; it hangs up after that. */
final class SmtpReplyFuzz {

  private static final int MOST_MESSAGE = 600;

  /** What a server may hear from us, up to the mails' text. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(HELO|EHLO) k1\\.example\\.com"
              + "|AUTH (PLAIN|LOGIN|CRAM-MD5)|[A-Za-z0-9+/=]*"
              + "|MAIL FROM:<keepalived@localhost>|RCPT TO:<a@example\\.com>|DATA|RSET|QUIT");

  private final Path password = passwordFile();

  @FuzzTest(maxDuration = "")
  void smtpReply(byte[] said) throws SocketException {
    converse(said, Optional.empty());
    converse(said, Optional.of(new Login("joe", password.toString())));
  }

  private static void converse(byte[] said, Optional<Login> login) throws SocketException {
    MemorySocket server = new MemorySocket(said);
    SmtpConnection connection =
        new SmtpConnection(
            MailSample.server("127.0.0.1", 25, 1_000_000_000L, Security.NONE, login),
            InetAddress.getLoopbackAddress(),
            Optional.empty(),
            new BoundedSocket(server, () -> 0L));
    int taken = 0;
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail")) {
      connection.open(new SmtpLogin());
      for (String subject : new String[] {"first", "second"}) {
        Mail mail = MailSample.mail(subject);
        Relay.Answer answer = connection.send(mail);
        requireSound(answer, mail);
        taken += answer.taken() ? 1 : 0;
      }
      connection.sayGoodbye();
      lines.all().forEach(SmtpReplyFuzz::requireShort);
    } catch (RelayFailure failure) {
      requireShort(failure.getMessage());
    }
    connection.disconnect();
    requireKnown(server.heard(), taken);
  }

  private static void requireSound(Relay.Answer answer, Mail mail) {
    assertTrue(mail.recipients().containsAll(answer.putOff()));
    assertTrue(answer.complaints().size() <= mail.recipients().size());
    assertTrue(answer.taken() == answer.complaints().isEmpty());
    answer.complaints().forEach(SmtpReplyFuzz::requireShort);
  }

  private static void requireShort(String message) {
    assertTrue(!message.isEmpty() && message.length() <= MOST_MESSAGE, message);
  }

  /** Nothing that a server says comes back as a command. */
  private static void requireKnown(String heard, int taken) {
    int texts = 0;
    boolean text = false;
    for (String line : heard.split("\r\n")) {
      if (text) {
        text = !line.equals(".");
      } else {
        assertTrue(COMMAND.matcher(line).matches(), line);
        text = line.equals("DATA");
        texts += text ? 1 : 0;
      }
    }
    assertTrue(taken <= texts && texts <= 2);
    assertEquals(-1, heard.replace("\r\n", "").indexOf('\n'));
  }

  private static Path passwordFile() {
    try {
      Path file = Files.createTempFile("smtp", ".password");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "secret\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
