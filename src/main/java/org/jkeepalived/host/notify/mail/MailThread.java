package org.jkeepalived.host.notify.mail;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.Outbox;
import org.jkeepalived.notify.mail.Outbox.Waiting;
import org.jkeepalived.notify.mail.Relay;
import org.jkeepalived.notify.mail.RelayFailure;
import org.jkeepalived.notify.mail.RetryPolicy;
import org.jkeepalived.time.TimerQueue;

/**
 * Hands mails to the server, one after the other, on an owner of its own, which the server may keep
 * waiting; several mails go over one connection. Everybody else only adds to the outbox, which has
 * room for some mails and no more: its lock is never held while anything waits for the server.
 */
final class MailThread {

  /** Servers hang up after some number of mails, 100 and more. */
  private static final int MAILS_A_CONNECTION = 50;

  private static final long ABORT_MILLIS = 200;

  private final OwnerThread owner;
  private final Relay relay;
  private final LongSupplier nanoClock;
  private final Outbox outbox;
  private final OutageLog outage;
  private final TimerQueue.Timer due;
  private final Runnable work = this::work;
  private final Object lock = new Object();

  // guarded by the lock
  private MailSettings.Server server;
  private boolean asked;
  private boolean closing;
  private boolean hopeless;
  private boolean underway;
  private int crowdedOut;
  private int abandoned;

  /**
   * @param owner the thread, which is started here
   * @param deliveries counts what becomes of mails
   */
  MailThread(
      OwnerThread owner,
      Relay relay,
      LongSupplier nanoClock,
      RetryPolicy policy,
      MailSettings.Server server,
      Deliveries deliveries) {
    this.owner = owner;
    this.relay = relay;
    this.nanoClock = nanoClock;
    this.server = server;
    outbox = new Outbox(policy);
    outage = new OutageLog(deliveries);
    due = owner.loop().timers().timer((deadline, now) -> work());
    owner.start();
  }

  /** Has the thread look at the outbox; with the lock held. A storm asks once. */
  private void ask() {
    if (!asked) {
      asked = true;
      owner.execute(work);
    }
  }

  /** From any thread; does not block. */
  void add(Mail mail) {
    synchronized (lock) {
      long nowNanos = nanoClock.getAsLong();
      crowdedOut += outbox.add(mail, nowNanos);
      if (outbox.serverIsDue(nowNanos) || outbox.size() == 1) {
        ask(); // else the thread knows how long to wait
      }
    }
  }

  /** From any thread: mails that wait go to this server, too. */
  void use(MailSettings.Server other) {
    synchronized (lock) {
      if (!other.equals(server)) {
        server = other;
        outbox.serverChanged();
        ask();
      }
    }
  }

  /** From any thread: forgets the mails that wait; gives how many there were. */
  int forget() {
    synchronized (lock) {
      return outbox.clear();
    }
  }

  /**
   * Tries what waits once more, and ends; gives up what is not sent after a time.
   *
   * @param patienceMillis at least 1
   * @return how many mails were given up
   */
  int close(long patienceMillis) {
    synchronized (lock) {
      closing = true;
      ask();
    }
    if (!owner.awaitEnd(patienceMillis)) {
      synchronized (lock) {
        hopeless = true;
      }
      relay.abort();
      owner.awaitEnd(ABORT_MILLIS);
    }
    synchronized (lock) {
      return outbox.clear() + abandoned + (underway ? 1 : 0);
    }
  }

  // ---- on the thread ----

  /** Delivers what is due, and then looks when the next mail is. */
  private void work() {
    synchronized (lock) {
      asked = false;
    }
    tellOfLosses();
    Optional<Waiting> next = take();
    if (next.isPresent()) {
      try {
        deliver(next.get());
      } finally {
        synchronized (lock) {
          ask();
        }
      }
    } else {
      rest();
    }
  }

  private void rest() {
    Optional<Long> idleNanos;
    synchronized (lock) {
      if (closing) {
        owner.loop().stop();
        return;
      }
      idleNanos = outbox.idleNanos(nanoClock.getAsLong());
    }
    if (idleNanos.isPresent()) {
      due.arm(owner.loop().readClock() + idleNanos.get());
    } else {
      due.disarm();
    }
  }

  private void tellOfLosses() {
    int old;
    int crowded;
    synchronized (lock) {
      old = outbox.removeOld(nanoClock.getAsLong());
      crowded = crowdedOut;
      crowdedOut = 0;
    }
    outage.gaveUp(old, "the mail server has not taken them for too long");
    outage.gaveUp(crowded, "too many wait for the mail server");
  }

  /** While the thread ends, what is not due yet is tried, too. */
  private Optional<Waiting> take() {
    synchronized (lock) {
      Optional<Waiting> taken = Optional.empty();
      if (!hopeless) {
        taken = closing ? outbox.takeAny() : outbox.take(nanoClock.getAsLong());
      }
      underway = taken.isPresent();
      return taken;
    }
  }

  /** Hands over a mail, and those that are due after it. */
  private void deliver(Waiting first) {
    Optional<Waiting> next = Optional.of(first);
    try {
      relay.open(currentServer());
      for (int i = 0; i < MAILS_A_CONNECTION && next.isPresent(); i++) {
        settle(next.get(), relay.send(next.get().mail()));
        next = take();
      }
      next.ifPresent(this::giveBack);
      relay.close(true);
    } catch (RelayFailure failure) {
      relay.close(false);
      failed(next, failure);
    } catch (RuntimeException | Error bug) {
      // the mail is tried again later; the thread's root says what it was
      failed(next, new RelayFailure("SMTP alert: " + bug, true));
      relay.close(false);
      throw bug;
    }
  }

  private MailSettings.Server currentServer() {
    synchronized (lock) {
      return server;
    }
  }

  private void settle(Waiting mail, Relay.Answer answer) {
    synchronized (lock) {
      underway = false;
      outbox.serverAnswered();
      if (!answer.putOff().isEmpty() && closing) {
        abandoned++; // tried once more it was
      } else if (!answer.putOff().isEmpty()) {
        Mail rest = mail.mail().only(answer.putOff());
        crowdedOut += outbox.putOff(mail, rest, nanoClock.getAsLong());
      }
    }
    answer.complaints().forEach(outage::complained);
    if (answer.taken()) {
      outage.delivered(answer.complaints().isEmpty());
    }
    if (!answer.taken() && answer.putOff().isEmpty()) {
      outage.gaveUp(1, "the mail server refuses them");
    } else if (answer.complaints().isEmpty()) {
      outage.ended();
    }
  }

  private void giveBack(Waiting mail) {
    synchronized (lock) {
      underway = false;
      crowdedOut += outbox.giveBack(mail);
    }
  }

  private void failed(Optional<Waiting> mail, RelayFailure failure) {
    boolean aborted;
    int waiting;
    synchronized (lock) {
      aborted = hopeless;
      hopeless |= closing;
      underway = false;
      mail.ifPresent(each -> outbox.serverFailed(each, failure.isLasting(), nanoClock.getAsLong()));
      waiting = outbox.size();
    }
    if (!aborted) {
      outage.failed(failure.getMessage(), waiting);
    }
  }
}
