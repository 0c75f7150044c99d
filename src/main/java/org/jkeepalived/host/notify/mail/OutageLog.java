package org.jkeepalived.host.notify.mail;

import java.util.HashSet;
import java.util.Set;
import org.jkeepalived.notify.Deliveries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of trouble with the mail server once, not once a mail: an outage lasts from the first
 * complaint to the next mail that gets through. Lives on the mail thread.
 */
final class OutageLog {

  private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

  /** So many different complaints are remembered. */
  private static final int MOST_REMEMBERED = 64;

  private final Deliveries deliveries;
  private final Set<String> told = new HashSet<>();
  private int silent;
  private int lost;

  /**
   * @param deliveries counts what was sent, and what was given up
   */
  OutageLog(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** The server could not be talked to; so many mails wait now. */
  void failed(String what, int waiting) {
    if (isNews(what)) {
      LOG.info("{}", what);
      LOG.warn("SMTP alerts waiting for the mail server: {}", waiting);
    }
  }

  /** The server complained of a mail. */
  void complained(String what) {
    if (isNews(what)) {
      LOG.info("{}", what);
    }
  }

  /**
   * The server took a mail.
   *
   * @param forAll whether for all its recipients; those that it did not are complained of already
   */
  void delivered(boolean forAll) {
    deliveries.mailSent();
    LOG.debug("SMTP alert successfully sent{}", forAll ? "." : " to the others.");
  }

  /** Mails were given up. */
  void gaveUp(int mails, String why) {
    if (mails == 0) {
      return;
    }
    if (lost == 0) {
      LOG.warn("SMTP alerts are given up: {}", why);
    }
    lost += mails;
    deliveries.mailsLost(mails);
  }

  /** A mail got through. */
  void ended() {
    if (lost > 0) {
      LOG.warn("{} SMTP alerts were given up before the mail server took one again", lost);
    }
    if (silent > 0) {
      LOG.info("{} more complaints about the mail server were not logged", silent);
    }
    told.clear();
    silent = 0;
    lost = 0;
  }

  private boolean isNews(String what) {
    if (told.size() == MOST_REMEMBERED) {
      told.clear();
    }
    boolean news = told.add(what);
    if (!news) {
      silent++;
    }
    return news;
  }
}
