package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.CheckConnection;

/** Talks over TCP with servers that speak first. */
public interface Conversations {

  /**
   * Talks once. The time-out of the connection bounds how long it takes to be opened, and then how
   * long the server takes until it is our turn, each time, however it spreads its bytes.
   *
   * @param talk our side of it; nobody else looks at it until it has ended
   * @param done hears how it ended, never before this method has returned
   */
  Asking converse(CheckConnection connection, Talk talk, Consumer<Ending> done);

  /** Our side of it. */
  interface Talk {

    /**
     * Hears what the server says, in pieces as they come.
     *
     * @param bytes are all read, unless this was the end
     */
    Turn hear(ByteBuffer bytes);
  }

  /**
   * What to do next.
   *
   * @param words what to say; not to be changed
   */
  record Turn(Kind kind, byte[] words) {

    /** What there is to do. */
    public enum Kind {
      LISTEN,
      SAY,
      /** There is no more to say or to hear. */
      END
    }

    public static final Turn LISTEN = new Turn(Kind.LISTEN, new byte[0]);
    public static final Turn END = new Turn(Kind.END, new byte[0]);

    public static Turn say(byte[] words) {
      return new Turn(Kind.SAY, words);
    }

    public Turn {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(words);
    }
  }

  /**
   * How it ended.
   *
   * @param reason what went wrong, in a line; empty if all was said
   */
  record Ending(Kind kind, String reason) {

    /** How it may end. */
    public enum Kind {
      /** By ourselves: all was said. */
      SAID,
      CONNECT_FAILED,
      CONNECT_TIMED_OUT,
      /** The connection broke, or the server closed it. */
      READ_FAILED,
      READ_TIMED_OUT,
      /** This machine lacks what it takes to open a connection; that is no fault of the server. */
      NOT_ASKED
    }

    public Ending {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(reason);
    }
  }
}
