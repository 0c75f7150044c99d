package org.jkeepalived.lvs.check;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jkeepalived.model.lvs.CheckConnection;

/** Asks servers by a datagram, and waits for one. */
public interface Datagrams {

  /**
   * Asks once.
   *
   * @param done hears how it ended, never before this method has returned
   */
  Asking exchange(Question question, Consumer<Ending> done);

  /** What a datagram is of. */
  enum Kind {
    UDP,
    /** ICMP, or ICMPv6 if the target is of that family. */
    ECHO
  }

  /**
   * What to ask.
   *
   * @param payload what is sent: of an echo the whole message; not to be changed
   * @param mostBytes how much of an answer is looked at
   * @param isAnswer tells whether what comes is one; what is none is passed over
   */
  record Question(
      Kind kind,
      CheckConnection connection,
      byte[] payload,
      int mostBytes,
      Predicate<byte[]> isAnswer) {
    public Question {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(connection);
      Objects.requireNonNull(isAnswer);
    }
  }

  /**
   * How it ended.
   *
   * @param reason what went wrong, in a line; empty if it was answered
   * @param begin of an answer, the first bytes; not to be changed
   * @param length of the whole answer
   * @param error what the kernel has said; empty where it has not
   */
  record Ending(Kind kind, String reason, byte[] begin, int length, Optional<KernelError> error) {

    /** How it may end. */
    public enum Kind {
      ANSWERED,
      /** Nothing came; for UDP: and nothing speaks against the server. */
      SILENT,
      /** Refused or unreachable; UDP: or not even sent in all that time. */
      FAILED,
      /** This machine lacks what it takes to ask; that is no fault of the server. */
      NOT_ASKED
    }

    public Ending {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(error);
    }

    /** With an answer, or without one. */
    public Ending(Kind kind, String reason, byte[] begin, int length) {
      this(kind, reason, begin, length, Optional.empty());
    }

    /** Without an answer. */
    public Ending(Kind kind, String reason) {
      this(kind, reason, new byte[0], 0);
    }

    /** The same, by what the kernel has said. */
    public Ending(Kind kind, String reason, KernelError error) {
      this(kind, reason, new byte[0], 0, Optional.of(error));
    }
  }

  /**
   * What the kernel says.
   *
   * @param number of errno(3)
   * @param text its text, such as {@code Connection refused}
   */
  record KernelError(int number, String text) {
    public KernelError {
      Objects.requireNonNull(text);
    }
  }
}
