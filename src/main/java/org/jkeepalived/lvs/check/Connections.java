package org.jkeepalived.lvs.check;

import java.util.Objects;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.CheckConnection;

/** Opens connections of TCP to see whether that can be done. */
public interface Connections {

  /**
   * Opens one, and closes it so that the server notices nothing bad.
   *
   * @param done hears what came of it, never before this method has returned
   */
  Asking connect(CheckConnection connection, Consumer<Attempt> done);

  /**
   * What came of it.
   *
   * @param reason why it was not opened, in a line; empty where it was
   */
  record Attempt(Kind kind, String reason) {

    /** What may come of it. */
    public enum Kind {
      CONNECTED,
      FAILED,
      TIMED_OUT,
      /** This machine lacks what it takes to open one; that is no fault of the server. */
      NOT_ASKED
    }

    public Attempt {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(reason);
    }
  }
}
