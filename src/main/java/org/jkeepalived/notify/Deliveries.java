package org.jkeepalived.notify;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what those who are told of events were told, and what was lost. From any thread. */
public final class Deliveries {

  private final AtomicLong mails = new AtomicLong();
  private final AtomicLong mailsLost = new AtomicLong();
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong linesLost = new AtomicLong();

  /** A mail server has taken a mail. */
  public void mailSent() {
    mails.incrementAndGet();
  }

  /** Mails were given up. */
  public void mailsLost(long count) {
    mailsLost.addAndGet(count);
  }

  /** A line was written to a FIFO. */
  void lineWritten() {
    lines.incrementAndGet();
  }

  /** Lines were not written, as nobody read those before them, or not read. */
  void linesLost(long count) {
    linesLost.addAndGet(count);
  }

  /** Mails that a server took. */
  public long mails() {
    return mails.get();
  }

  /** Mails that were given up. */
  public long mailsLost() {
    return mailsLost.get();
  }

  /** Lines that were written to FIFOs. */
  public long lines() {
    return lines.get();
  }

  /** Lines that FIFOs had no room for. */
  public long linesLost() {
    return linesLost.get();
  }
}
