package org.jkeepalived.host.notify.mail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.MailSettings.Login;
import org.jkeepalived.model.MailSettings.Security;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.What;
import org.jkeepalived.notify.mail.MailSample;

/**
 * Sends one alert, for tries by hand and against a real server: {@code SendAlert HOST PORT SECURITY
 * RECIPIENT [USER PASSWORD_FILE]}.
 */
public final class SendAlert {

  private static final long PATIENCE_MILLIS = 40_000;

  private SendAlert() {}

  public static void main(String[] arguments) {
    Optional<Login> login =
        arguments.length > 5
            ? Optional.of(new Login(arguments[4], arguments[5]))
            : Optional.empty();
    MailSettings.Server server =
        new MailSettings.Server(
            arguments[0],
            Integer.parseInt(arguments[1]),
            "k1.example.com",
            Duration.ofSeconds(30).toNanos(),
            Security.valueOf(arguments[2]),
            login);
    Alerts alerts = new Alerts(TestOwners.make(), System::nanoTime, new Deliveries());
    alerts.configure(
        "k1",
        Optional.of(new MailSettings(List.of(arguments[3]), "keepalived@localhost", server, true)));
    alerts.happened(MailSample.instance("VI_1", What.MASTER));
    alerts.close(PATIENCE_MILLIS);
  }
}
