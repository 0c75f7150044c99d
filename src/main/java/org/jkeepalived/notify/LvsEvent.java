package org.jkeepalived.notify;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Command;

/** What happens to virtual servers and their real servers. */
public sealed interface LvsEvent {

  /** A real server has failed or come back. */
  record ServerState(
      String server,
      String service,
      boolean up,
      Optional<Command> script,
      boolean mail,
      String reason)
      implements LvsEvent {
    public ServerState {
      Objects.requireNonNull(script);
    }
  }

  /** A quorum was gained or lost. */
  record QuorumState(
      String service, boolean up, Optional<Command> script, boolean mail, String reason)
      implements LvsEvent {
    public QuorumState {
      Objects.requireNonNull(script);
    }
  }
}
