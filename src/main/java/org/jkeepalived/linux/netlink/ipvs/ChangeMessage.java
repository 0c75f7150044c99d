package org.jkeepalived.linux.netlink.ipvs;

import java.util.Optional;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.table.TableChange;

/**
 * Writes the requests that change the table. One more real server of a service is written by the
 * pattern of the one before: a table of ten thousand comes at once, while the JVM has just started
 * and interprets.
 */
final class ChangeMessage {

  private final int family;
  private Optional<DestinationPattern> pattern = Optional.empty();
  private boolean toldTunnelKinds;

  /**
   * @param family the number that generic netlink has given IPVS
   */
  ChangeMessage(int family) {
    this.family = family;
  }

  /**
   * Writes one, begin and end included.
   *
   * @param tunnelKinds whether to write of what kind a tunnel is
   * @param flags all of them, NLM_F_REQUEST too
   */
  void write(
      MessageWriter writer, TableChange change, boolean tunnelKinds, int flags, int sequence) {
    if (!(change instanceof TableChange.AddDestination add)) {
      writeAnew(writer, change, tunnelKinds, flags, sequence);
    } else if (pattern.isPresent() && pattern.get().fits(add, tunnelKinds)) {
      pattern.get().write(writer, add, flags, sequence);
    } else {
      writeAnew(writer, change, tunnelKinds, flags, sequence);
      pattern = DestinationPattern.of(add, tunnelKinds, writer);
    }
  }

  /** Whether a kind of tunnel was ever to be told. */
  boolean hasToldTunnelKinds() {
    return toldTunnelKinds;
  }

  /** Whether an older kernel cannot be told of all that a change says. */
  static boolean needsTunnelKind(TableChange change) {
    if (change instanceof TableChange.AddDestination add) {
      return DestinationMessage.needsTunnelKind(add.settings());
    }
    return change instanceof TableChange.EditDestination edit
        && DestinationMessage.needsTunnelKind(edit.settings());
  }

  private void writeAnew(
      MessageWriter writer, TableChange change, boolean tunnelKinds, int flags, int sequence) {
    toldTunnelKinds = toldTunnelKinds || tunnelKinds && needsTunnelKind(change);
    writer.begin(family, flags, sequence);
    GenericNetlink.header(writer, command(change), Ipvs.VERSION);
    if (change instanceof TableChange.AddService add) {
      ServiceMessage.write(writer, add.service(), add.settings());
    } else if (change instanceof TableChange.EditService edit) {
      ServiceMessage.write(writer, edit.service(), edit.settings());
    } else {
      ServiceMessage.writeKey(writer, change.service());
    }
    if (change instanceof TableChange.AddDestination add) {
      DestinationMessage.write(
          writer, add.service().family(), add.address(), add.settings(), tunnelKinds);
    } else if (change instanceof TableChange.EditDestination edit) {
      DestinationMessage.write(
          writer, edit.service().family(), edit.address(), edit.settings(), tunnelKinds);
    } else if (change instanceof TableChange.RemoveDestination remove) {
      DestinationMessage.writeKey(writer, remove.service().family(), remove.address());
    }
    writer.end();
  }

  private static int command(TableChange change) {
    if (change instanceof TableChange.AddService) {
      return Ipvs.CMD_NEW_SERVICE;
    } else if (change instanceof TableChange.EditService) {
      return Ipvs.CMD_SET_SERVICE;
    } else if (change instanceof TableChange.RemoveService) {
      return Ipvs.CMD_DEL_SERVICE;
    } else if (change instanceof TableChange.AddDestination) {
      return Ipvs.CMD_NEW_DEST;
    } else if (change instanceof TableChange.EditDestination) {
      return Ipvs.CMD_SET_DEST;
    }
    return Ipvs.CMD_DEL_DEST;
  }
}
