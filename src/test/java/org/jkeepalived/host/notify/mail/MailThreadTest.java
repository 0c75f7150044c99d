package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.mail.Mail;
import org.jkeepalived.notify.mail.MailSample;
import org.jkeepalived.notify.mail.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailThreadTest {

  /** Fails wholly at first, and takes what comes then. */
  private static final class FailingRelay implements Relay {
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    private int failures = 2;

    @Override
    public void open(MailSettings.Server server) {
      if (failures > 0) {
        failures--;
        throw new StackOverflowError("for the test");
      }
    }

    @Override
    public Answer send(Mail mail) {
      taken.add(mail.subject());
      return Answer.ALL_TAKEN;
    }

    @Override
    public void close(boolean politely) {}

    @Override
    public void abort() {}
  }

  /** An error, not only an exception: the mail is tried again, and so are those after it. */
  @Test
  void theThreadMailOutlivesAnError() throws Exception {
    TestOwners process = new TestOwners();
    OwnerThread owner = process.owners().make("mail", FailureRule.goOn("nothing"));
    FailingRelay relay = new FailingRelay();
    Deliveries deliveries = new Deliveries();
    MailThread mails =
        new MailThread(
            owner, relay, System::nanoTime, MailSample.POLICY, MailSample.server(1), deliveries);
    mails.add(MailSample.mail("first"));
    mails.add(MailSample.mail("second"));
    assertEquals("first", relay.taken.poll(30, TimeUnit.SECONDS));
    assertEquals("second", relay.taken.poll(30, TimeUnit.SECONDS));
    assertEquals(0, mails.close(30_000));
    assertEquals(2, owner.state().failures());
    assertEquals(2, deliveries.mails());
    assertEquals(0, deliveries.mailsLost());
    assertEquals(OwnerState.Condition.ENDED, owner.state().condition());
    assertFalse(process.haveEndedTheProcess());
  }
}
