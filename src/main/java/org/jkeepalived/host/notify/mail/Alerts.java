package org.jkeepalived.host.notify.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemLocalClock;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.mail.AlertText;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.RetryPolicy;
import org.jkeepalived.time.LocalClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a mail about each event that somebody wants to hear of by mail. Never blocks but in {@link
 * #close}. Used by one thread at a time.
 */
public final class Alerts implements Event.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "no mail is sent any more, transitions are only logged; restart the daemon");

  private final Owners owners;
  private final SmtpRelay.Trust trust;
  private final LocalClock localClock;
  private final LongSupplier nanoClock;
  private final RetryPolicy policy;
  private final Deliveries deliveries;
  private String routerId = "";
  private Optional<MailSettings> settings = Optional.empty();
  private Optional<MailThread> thread = Optional.empty();

  /**
   * Without settings: nobody is told anything. Certificates are checked as Java does.
   *
   * @param deliveries counts what becomes of mails
   */
  public Alerts(Owners owners, LongSupplier nanoClock, Deliveries deliveries) {
    this(
        owners,
        SSLContext::getDefault,
        new SystemLocalClock(),
        nanoClock,
        RetryPolicy.USUAL,
        deliveries);
  }

  /**
   * @param owners makes the thread that waits for the server
   * @param deliveries counts what becomes of mails
   */
  public Alerts(
      Owners owners,
      SmtpRelay.Trust trust,
      LocalClock localClock,
      LongSupplier nanoClock,
      RetryPolicy policy,
      Deliveries deliveries) {
    this.deliveries = deliveries;
    this.owners = owners;
    this.trust = trust;
    this.localClock = localClock;
    this.nanoClock = nanoClock;
    this.policy = policy;
  }

  /**
   * From now on, mails are written and sent as these settings say. Those that wait keep their
   * sender and recipients and go to the new server: an operator who corrects the server wants them
   * delivered. Without mail in the settings they are given up.
   */
  public void configure(String newRouterId, Optional<MailSettings> newSettings) {
    routerId = newRouterId;
    settings = newSettings;
    if (newSettings.isPresent()) {
      MailSettings.Server server = newSettings.get().server();
      if (thread.isEmpty()) {
        thread = start(server);
      }
      thread.ifPresent(running -> running.use(server));
    } else if (thread.isPresent()) {
      int forgotten = thread.get().forget();
      if (forgotten > 0) {
        deliveries.mailsLost(forgotten);
        LOG.warn("SMTP alerts not sent, as there is no mail to be sent any more: {}", forgotten);
      }
    }
  }

  private Optional<MailThread> start(MailSettings.Server server) {
    try {
      OwnerThread owner = owners.make("mail", RULE);
      SmtpRelay relay = new SmtpRelay(trust, nanoClock);
      return Optional.of(new MailThread(owner, relay, nanoClock, policy, server, deliveries));
    } catch (SystemCallException e) {
      LOG.error("No mail is sent: {}", e.error());
      return Optional.empty();
    }
  }

  /** COMPAT: {@code no_email_faults} concerns FAULT alone; a stop and a deletion are told. */
  @Override
  public void happened(Event event) {
    if (settings.isEmpty()) {
      return;
    }
    MailSettings present = settings.get();
    if (event.isFault() && !present.faults()) {
      return;
    }
    event
        .mail()
        .map(text -> write(text, present))
        .ifPresent(mail -> thread.ifPresent(running -> running.add(mail)));
  }

  private Mail write(AlertText text, MailSettings present) {
    return new Mail(
        present.recipients(),
        present.sender(),
        "[" + routerId + "] " + text.subject(),
        text.body(),
        localClock.at(Instant.now()));
  }

  /**
   * Ends; what waits is tried once more before.
   *
   * @param patienceMillis how long that may take, at least 1; without waiting mails it takes none
   */
  public void close(long patienceMillis) {
    int lost = thread.map(running -> running.close(patienceMillis)).orElse(0);
    thread = Optional.empty();
    settings = Optional.empty();
    if (lost > 0) {
      LOG.warn("SMTP alerts not sent before the end: {}", lost);
    }
  }
}
