package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.CheckConnection;

/** Asks servers of UDP. */
public interface Datagrams {

  /**
   * Sends one datagram, and waits for an answer until the time-out.
   *
   * @param done hears how it ended, never before this method has returned
   */
  Asking exchange(Question question, Consumer<Ending> done);

  /**
   * What to ask.
   *
   * @param payload what is sent; not to be changed
   * @param listener nobody else looks at it until the ending is there
   */
  record Question(CheckConnection connection, byte[] payload, Listener listener) {
    public Question {
      Objects.requireNonNull(connection);
      Objects.requireNonNull(payload);
      Objects.requireNonNull(listener);
    }
  }

  /** Looks at what comes. */
  @FunctionalInterface
  interface Listener {

    /** Whether this one is an answer, and no other one is waited for. */
    boolean hear(ByteBuffer datagram);
  }

  /**
   * How it ended.
   *
   * @param reason what went wrong, in a line; empty if it was answered
   * @param errno the kernel's number for it; 0 where there is none
   */
  record Ending(Kind kind, String reason, int errno) {

    /** How it may end. */
    public enum Kind {
      ANSWERED,
      /** No socket could be opened as the check wants it. */
      OPEN_FAILED,
      /** The kernel says that it does not arrive: nobody listens there, or there is no way. */
      UNREACHABLE,
      TIMED_OUT,
      /** This machine lacks what it takes to open a socket; that is no fault of the server. */
      NOT_ASKED
    }

    public Ending {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(reason);
    }
  }
}
