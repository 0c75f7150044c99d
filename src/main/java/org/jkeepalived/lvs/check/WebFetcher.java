package org.jkeepalived.lvs.check;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.CheckConnection;

/** Asks servers of HTTP. */
public interface WebFetcher {

  /**
   * Asks once.
   *
   * @param done hears how it ended, never before this method has returned; what was answered is in
   *     the question's reader by then
   */
  Asking fetch(Question question, Consumer<Ending> done);

  /**
   * What to ask.
   *
   * @param tls how it is encrypted; empty where it is not
   * @param request what is sent; not to be changed
   * @param reader takes what comes back; nobody else looks at it until the answer is there
   */
  record Question(
      CheckConnection connection,
      Optional<Encryption> tls,
      byte[] request,
      HttpResponseReader reader) {
    public Question {
      Objects.requireNonNull(connection);
      Objects.requireNonNull(tls);
      Objects.requireNonNull(reader);
    }
  }

  /**
   * How it is encrypted. The connection is closed with a close_notify in any case; keepalived does
   * so with {@code tls_compliant} only.
   *
   * @param serverName is told in the handshake; empty for none
   */
  record Encryption(Optional<String> serverName) {
    public Encryption {
      Objects.requireNonNull(serverName);
    }
  }

  /**
   * How it ended.
   *
   * @param reason what went wrong, in a line; empty if it was answered
   */
  record Ending(Kind kind, String reason) {

    /** How it may end. */
    public enum Kind {
      /** The reader has all it wants, or the server has closed the connection. */
      ANSWERED,
      CONNECT_FAILED,
      CONNECT_TIMED_OUT,
      /** The server does not speak TLS, or not as it must. */
      HANDSHAKE_FAILED,
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
