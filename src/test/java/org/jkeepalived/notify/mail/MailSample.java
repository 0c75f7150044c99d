package org.jkeepalived.notify.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.host.notify.mail.Alerts;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.MailSettings.Login;
import org.jkeepalived.model.MailSettings.Security;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.What;
import org.jkeepalived.time.LocalClock;

/** What the tests of mail begin with. */
public final class MailSample {

  static final Notifications WITH_MAIL = new Notifications(Map.of(), false, false, true);
  static final Instant INSTANT = Instant.parse("2026-11-22T21:14:25Z");
  static final LocalClock CLOCK = anyMoment -> INSTANT.atOffset(ZoneOffset.UTC);
  public static final RetryPolicy POLICY =
      new RetryPolicy(
          100,
          Duration.ofMinutes(10).toNanos(),
          Duration.ofMillis(20).toNanos(),
          Duration.ofMillis(40).toNanos());

  /** For servers that never say what they should. */
  static final long QUICK_NANOS = Duration.ofMillis(300).toNanos();

  private static final long USUAL_NANOS = Duration.ofSeconds(30).toNanos();

  private MailSample() {}

  public static MailSettings.Server server(int port) {
    return server("127.0.0.1", port, USUAL_NANOS, Security.NONE, Optional.empty());
  }

  public static MailSettings.Server quick(int port) {
    return server("127.0.0.1", port, QUICK_NANOS, Security.NONE, Optional.empty());
  }

  /** With a time-out that no test waits for. */
  public static MailSettings.Server patient(int port) {
    return server(
        "127.0.0.1", port, Duration.ofHours(1).toNanos(), Security.NONE, Optional.empty());
  }

  public static MailSettings.Server server(
      String host, int port, long timeoutNanos, Security security, Optional<Login> login) {
    return new MailSettings.Server(host, port, "k1.example.com", timeoutNanos, security, login);
  }

  public static MailSettings.Server server(int port, Security security, Optional<Login> login) {
    return server("localhost", port, USUAL_NANOS, security, login);
  }

  public static MailSettings settings(MailSettings.Server server) {
    return new MailSettings(
        List.of("a@example.com", "b@example.com"), "keepalived@localhost", server, true);
  }

  public static Alerts alerts() {
    return new Alerts(
        TestOwners.make(),
        () -> {
          throw new IllegalStateException("no TLS here");
        },
        CLOCK,
        System::nanoTime,
        POLICY,
        new Deliveries());
  }

  public static Alerts alerts(MailSettings.Server server) {
    Alerts alerts = alerts();
    alerts.configure("k1", Optional.of(settings(server)));
    return alerts;
  }

  public static Event instance(String name, What what) {
    return what.of(Subject.instance(name), 100, WITH_MAIL);
  }

  public static Mail mail(String subject) {
    return new Mail(
        List.of("a@example.com"),
        "keepalived@localhost",
        subject,
        "body",
        INSTANT.atOffset(ZoneOffset.UTC));
  }
}
