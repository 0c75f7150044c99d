package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.MailSettings.Login;
import org.jkeepalived.model.MailSettings.Security;
import org.jkeepalived.notify.mail.MailSample;
import org.jkeepalived.notify.mail.Relay;
import org.jkeepalived.notify.mail.RelayFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS from the start, TLS later, and logins; each server is the fake one on the loopback. */
@Timeout(120)
class SecuredServerTest {

  @TempDir static Path directory;

  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = new TestCertificate(directory, "dns:localhost,ip:127.0.0.1");
  }

  private final FakeSmtpServer server = new FakeSmtpServer();
  private final LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail");
  private final SmtpRelay relay = new SmtpRelay(() -> certificate.client(), System::nanoTime);
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    password = Files.writeString(directory.resolve("password"), "sésame");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void close() {
    relay.close(false);
    lines.close();
    server.close();
  }

  private Optional<Login> login() {
    return Optional.of(new Login("jo", password.toString()));
  }

  private void speaksTls() throws Exception {
    SSLContext tls = certificate.server();
    server.conducting(
        dialogue -> {
          dialogue.startTls(tls);
          server.servePolitely(dialogue);
        });
  }

  private void offersTls() throws Exception {
    server.withTls(certificate.server()).replying("EHLO", "250-fake\r\n250 STARTTLS");
  }

  private void sends(MailSettings.Server settings) throws RelayFailure {
    relay.open(settings);
    assertEquals(Relay.Answer.ALL_TAKEN, relay.send(MailSample.mail("secret")));
    assertEquals("secret", server.next().header("Subject"));
    relay.close(true);
  }

  private void fails(MailSettings.Server settings, String why) {
    fails(relay, settings, why);
  }

  private void fails(SmtpRelay with, MailSettings.Server settings, String why) {
    RelayFailure failure = assertThrows(RelayFailure.class, () -> with.open(settings));
    assertTrue(failure.getMessage().contains(why), failure.getMessage());
    assertTrue(failure.isLasting());
    with.close(false);
    assertFalse(server.hasMail());
    assertTrue(server.heard().stream().noneMatch(line -> line.startsWith("MAIL")));
  }

  @Test
  void tlsFromTheStart() throws Exception {
    speaksTls();
    sends(MailSample.server(server.port(), Security.TLS, Optional.empty()));
  }

  @Test
  void tlsLater() throws Exception {
    offersTls();
    sends(MailSample.server(server.port(), Security.STARTTLS, Optional.empty()));
    assertTrue(server.heard().contains("STARTTLS"));
  }

  @Test
  void tlsLaterIsDemanded() {
    fails(
        MailSample.server(server.port(), Security.STARTTLS, Optional.empty()),
        "does not offer STARTTLS, and smtp_security demands it");
  }

  @Test
  void tlsLaterIsNotDoneWithout() throws Exception {
    offersTls();
    server.replying("STARTTLS", "554 not now");
    fails(
        MailSample.server(server.port(), Security.STARTTLS, Optional.empty()),
        "Error processing STARTTLS cmd");
  }

  /** What a man in the middle says before TLS begins is not taken for what the server says. */
  @Test
  void whatCameBeforeTlsIsForgotten() throws Exception {
    offersTls();
    server.replying("STARTTLS", "220 go on\r\n250-injected\r\n250 AUTH LOGIN");
    MailSettings.Server settings = MailSample.server(server.port(), Security.STARTTLS, login());
    assertThrows(RelayFailure.class, () -> relay.open(settings));
    assertTrue(server.heard().stream().noneMatch(line -> line.startsWith("AUTH")));
  }

  @Test
  void aPortWithoutTlsIsNotSpokenTo() {
    fails(
        MailSample.server(server.port(), Security.TLS, Optional.empty()),
        "this port does not begin with TLS: smtp_security starttls, or another port");
  }

  @Test
  void anUntrustedCertificateIsRefused() throws Exception {
    speaksTls();
    SmtpRelay usual = new SmtpRelay(SSLContext::getDefault, System::nanoTime);
    fails(
        usual,
        MailSample.server(server.port(), Security.TLS, Optional.empty()),
        "; trust its issuer: keytool -importcert -cacerts");
  }

  @Test
  void anotherNamesCertificateIsRefused() throws Exception {
    TestCertificate others =
        new TestCertificate(Files.createTempDirectory(directory, "x"), "dns:mail.example.com");
    SSLContext tls = others.server();
    SmtpRelay trusting = new SmtpRelay(others::client, System::nanoTime);
    server.conducting(dialogue -> dialogue.startTls(tls));
    fails(
        trusting,
        MailSample.server(server.port(), Security.TLS, Optional.empty()),
        "; put a name that the certificate carries into smtp_server");
    server.withTls(tls).behaveAgain();
    server.replying("EHLO", "250 STARTTLS");
    fails(
        trusting,
        MailSample.server(server.port(), Security.STARTTLS, Optional.empty()),
        "; put a name that the certificate carries into smtp_server");
  }

  @Test
  void logsInWithThePasswordOfTheFile() throws Exception {
    speaksTls();
    String plain =
        Base64.getEncoder().encodeToString("\0jo\0sésame".getBytes(StandardCharsets.UTF_8));
    server
        .replying("EHLO", "250-fake\r\n250 AUTH PLAIN")
        .replying("AUTH", "334 ")
        .replying(plain, "235 welcome");
    sends(MailSample.server(server.port(), Security.TLS, login()));
    assertTrue(server.heard().contains(plain));
    assertEquals(0, lines.count("unprotected"));
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() throws Exception {
    server
        .replying("EHLO", "250-fake\r\n250 AUTH PLAIN")
        .replying("AUTH", "334 ")
        .replying(
            Base64.getEncoder().encodeToString("\0jo\0sésame".getBytes(StandardCharsets.UTF_8)),
            "535 wrong");
    fails(
        MailSample.server(server.port(), Security.NONE, login()),
        "refuses smtp_user jo with the password in " + password + ": 535 wrong");
    lines.await("goes over the network unprotected: set smtp_security");
    assertEquals(0, lines.count("sésame"));
  }

  @Test
  void withoutALoginThatBothKnowNothingIsSent() {
    server.replying("EHLO", "250-fake\r\n250 AUTH XOAUTH2");
    fails(
        MailSample.server(server.port(), Security.NONE, login()),
        "offers none of the logins PLAIN, LOGIN and CRAM-MD5: perhaps it does with TLS");
  }

  @Test
  void aChallengeThatIsNoneIsAFailure() {
    server.replying("EHLO", "250 AUTH CRAM-MD5");
    for (String challenge : new String[] {"334", "334 ", "334 !!!!", "334 a"}) {
      server.replying("AUTH", challenge);
      RelayFailure failure =
          assertThrows(
              RelayFailure.class,
              () -> relay.open(MailSample.server(server.port(), Security.NONE, login())));
      assertTrue(failure.isLasting(), failure.getMessage());
      relay.close(false);
    }
  }
}
