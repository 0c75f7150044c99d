package org.jkeepalived.control;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.socket.UnixConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask: root, the daemon's own user, and the members of a group if one is configured. The
 * socket's mode says so to the kernel; this says it again, for a connection that got there in
 * another way.
 *
 * @param user the daemon's own
 * @param group the group's number
 */
record ControlAccess(int user, OptionalInt group) {

  private static final Logger LOG = LoggerFactory.getLogger(ControlAccess.class);

  private static final int ROOT = 0;

  ControlAccess {
    Objects.requireNonNull(group);
  }

  /**
   * With a group that may be unknown, which the log says, and which admits nobody then.
   *
   * @param group its name
   */
  static ControlAccess of(Optional<String> group) {
    int user = AccountTable.ownUser();
    if (group.isEmpty()) {
      return new ControlAccess(user, OptionalInt.empty());
    }
    OptionalInt number = new AccountTable().groupNumber(group.get());
    if (number.isEmpty()) {
      LOG.warn("control_group '{}' does not exist: only root can ask this daemon", group.get());
    }
    return new ControlAccess(user, number);
  }

  boolean admits(UnixConnection.Peer peer) {
    return peer.user() == ROOT
        || peer.user() == user
        || (group.isPresent() && peer.isIn(group.getAsInt()));
  }
}
