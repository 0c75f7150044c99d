package org.jkeepalived.notify.mail;

import java.util.List;
import org.jkeepalived.model.MailSettings;

/**
 * A mail server, as the mail thread sees it: one connection at a time. All but {@link #abort} may
 * take as long as the server's time-out allows, and are called on one thread.
 */
public interface Relay {

  /**
   * What became of a mail.
   *
   * @param taken whether the server took it for at least one recipient
   * @param putOff the recipients for whom it may be tried again later
   * @param complaints what the server did not like, a line each, for the log
   */
  record Answer(boolean taken, List<String> putOff, List<String> complaints) {
    public static final Answer ALL_TAKEN = new Answer(true, List.of(), List.of());
  }

  /** Connects, and logs in where that is asked for. */
  void open(MailSettings.Server server) throws RelayFailure;

  /** Hands over a mail; the connection is open. */
  Answer send(Mail mail) throws RelayFailure;

  /** Says goodbye if {@code politely}, and disconnects; harmless if not connected. */
  void close(boolean politely);

  /** From any thread: whatever waits for the server ends soon, and nothing is begun any more. */
  void abort();
}
