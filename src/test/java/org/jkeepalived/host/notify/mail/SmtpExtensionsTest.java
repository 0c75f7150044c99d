package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient.AUTH_METHOD;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

class SmtpExtensionsTest {

  private static SmtpExtensions parse(String... lines) {
    return SmtpExtensions.parse(lines);
  }

  @Test
  void readsWhatIsOffered() {
    assertEquals(
        new SmtpExtensions(true, Set.of("PLAIN", "LOGIN")),
        parse("250-mx.example.com", "250-SIZE 1000", "250-auth plain LOGIN", "250 starttls"));
    assertEquals(new SmtpExtensions(false, Set.of("LOGIN")), parse("250-x", "250 AUTH=LOGIN"));
    assertEquals(new SmtpExtensions(false, Set.of()), parse("250 x"));
    assertEquals(new SmtpExtensions(true, Set.of()), parse("250-x", "250-=", "250 STARTTLS"));
  }

  @Test
  void anUnprotectedLinkGetsTheChallenge() {
    SmtpExtensions all = parse("250-x", "250 AUTH LOGIN PLAIN CRAM-MD5 XOAUTH2");
    assertEquals(Optional.of(AUTH_METHOD.CRAM_MD5), all.method(false));
    assertEquals(Optional.of(AUTH_METHOD.PLAIN), all.method(true));
    assertEquals(Optional.of(AUTH_METHOD.LOGIN), parse("250 AUTH LOGIN").method(false));
    assertEquals(Optional.empty(), parse("250 AUTH XOAUTH2").method(true));
  }

  @Test
  void noReplyMakesItThrow() {
    Trials.run(
        1000,
        dice -> SmtpExtensions.parse(dice.list(20, () -> dice.text(80)).toArray(String[]::new)));
  }
}
