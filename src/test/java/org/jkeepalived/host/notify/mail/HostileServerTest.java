package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.host.notify.mail.FakeSmtpServer.Conduct;
import org.jkeepalived.host.notify.mail.FakeSmtpServer.Dialogue;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.notify.What;
import org.jkeepalived.notify.mail.MailSample;
import org.jkeepalived.notify.mail.RelayFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, it costs one mail some time and the rest of the daemon nothing. */
@Timeout(120)
class HostileServerTest {

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private static Conduct repeating(String text) {
    return dialogue -> {
      for (int i = 0; i < MOST_BYTES; i++) {
        dialogue.write(text);
      }
    };
  }

  /** Polite, until a number of lines was heard. */
  private static void hangUpAfter(int lines, Dialogue dialogue) throws IOException {
    dialogue.say("220 fake");
    for (int i = 1; i <= lines; i++) {
      String line = dialogue.hear().orElse("");
      if (i < lines) {
        dialogue.say(line.equals("DATA") ? "354 go on" : "250 fine");
      }
    }
  }

  private static void trickle(Dialogue dialogue) throws IOException {
    try {
      for (int i = 0; i < MOST_BYTES; i++) {
        dialogue.write("2");
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Conduct greeting(String text) {
    return dialogue -> {
      dialogue.write(text);
      dialogue.fallSilent();
    };
  }

  static Stream<Arguments> theMailOutlivesIt() {
    Stream<Arguments> some =
        Stream.of(
            Arguments.of("says nothing", (Conduct) Dialogue::fallSilent),
            Arguments.of("greets without end", repeating("220-welcome\r\n")),
            Arguments.of("has a line without end", repeating("220 welcome to this server ")),
            Arguments.of("is slow", (Conduct) HostileServerTest::trickle),
            Arguments.of("speaks HTTP", greeting("HTTP/1.1 400 Bad Request\r\n\r\n")),
            Arguments.of("speaks nothing", greeting("\0\1\2\u00ff\r\n")),
            Arguments.of("says little", greeting("2\r\n")),
            Arguments.of("ends amid a line", (Conduct) dialogue -> dialogue.write("220 fa")),
            Arguments.of("has a negative code", greeting("-12 x\r\n")),
            Arguments.of("has no time", greeting("421 later\r\n")),
            Arguments.of("does not want us", greeting("554 never\r\n")));
    Stream<Arguments> more =
        IntStream.rangeClosed(0, 5)
            .mapToObj(
                lines ->
                    Arguments.of(
                        "hangs up after " + lines,
                        (Conduct) dialogue -> hangUpAfter(lines, dialogue)));
    return Stream.concat(some, more);
  }

  @ParameterizedTest(name = "a server that {0}")
  @MethodSource
  void theMailOutlivesIt(String what, Conduct conduct) {
    try (FakeSmtpServer server = new FakeSmtpServer();
        LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail")) {
      server.conducting(conduct);
      Alerts alerts = MailSample.alerts(MailSample.quick(server.port()));
      alerts.happened(MailSample.instance("VI_1", What.MASTER));
      lines.await("waiting for the mail server: 1");
      server.awaitConnection();
      server.awaitConnection();
      server.behaveAgain();
      assertEquals(
          "[k1] VRRP Instance VI_1 - Entering MASTER state", server.next().header("Subject"));
      alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
      assertEquals(1, lines.count("waiting"), "one line an outage: " + lines.all());
    }
  }

  /** The socket's buffers take some of it, the daemon very little. */
  @Test
  void nobodyReadsWithoutEnd() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    try (FakeSmtpServer server = new FakeSmtpServer();
        LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail")) {
      server.conducting(
          dialogue -> {
            try {
              String block = "220 ".repeat(1000);
              while (written.addAndGet(block.length()) < MOST_BYTES) {
                dialogue.write(block);
              }
            } finally {
              ended.countDown();
            }
          });
      Alerts alerts = MailSample.alerts(MailSample.server(server.port()));
      alerts.happened(MailSample.instance("VI_1", What.MASTER));
      lines.await("lost: it talks without end");
      assertTrue(ended.await(FakeSmtpServer.PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertTrue(written.get() < MOST_BYTES);
      alerts.close(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "BODY"})
  void aReplyWithoutEndIsOneOnlyForATime(String command) {
    try (FakeSmtpServer server = new FakeSmtpServer();
        LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail")) {
      server.replying(command, "250-fine\r\n".repeat(100_000) + "250 fine");
      Alerts alerts = MailSample.alerts(MailSample.server(server.port()));
      alerts.happened(MailSample.instance("VI_1", What.MASTER));
      lines.await("lost: it talks without end");
      server.behaveAgain();
      server.next();
      alerts.close(1);
    }
  }

  @Test
  void aGoodbyeThatIsNotAnsweredDelaysNoMail() {
    try (FakeSmtpServer server = new FakeSmtpServer()) {
      server.conducting(
          dialogue -> {
            server.servePolitely(dialogue);
            dialogue.fallSilent();
          });
      server.replying("QUIT", "221-and\r\n221-so\r\n221-on");
      Alerts alerts = MailSample.alerts(MailSample.patient(server.port()));
      for (String name : List.of("VI_1", "VI_2", "VI_3")) {
        alerts.happened(MailSample.instance(name, What.MASTER));
        assertTrue(server.next().text().contains(name));
      }
      alerts.close(1);
    }
  }

  /** Nothing that a server says makes it fail in a way that it does not know. */
  @Test
  void anyReplyIsAnAnswerOrAFailure() {
    Trials.run(200, dice -> isAnAnswerOrAFailure(dice.list(8, () -> dice.text(255))));
  }

  private static void isAnAnswerOrAFailure(List<String> replies) {
    try (FakeSmtpServer server = new FakeSmtpServer()) {
      server.conducting(
          dialogue -> {
            dialogue.say("220 fake");
            for (String reply : replies) {
              dialogue.hear();
              dialogue.say("250 " + reply);
            }
          });
      SmtpRelay relay = new SmtpRelay(() -> null, System::nanoTime);
      try {
        relay.open(MailSample.quick(server.port()));
        relay.send(MailSample.mail("any"));
        relay.close(true);
      } catch (RelayFailure expected) {
        relay.close(false);
      }
    }
  }
}
