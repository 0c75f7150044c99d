package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.ReceiveBuffer;

/**
 * The sockets by which virtual servers speak to the kernel.
 *
 * @param namespace where those of the IPVS table are opened; empty for the daemon's own
 * @param command {@code lvs_netlink_cmd_rcv_bufs}: of what the table is written by
 * @param monitor {@code lvs_netlink_monitor_rcv_bufs}: of what tells of this machine's addresses
 */
public record TableSockets(
    Optional<TableNamespace> namespace, ReceiveBuffer command, ReceiveBuffer monitor) {
  /** Where nothing is said. */
  public static final TableSockets STANDARD =
      new TableSockets(Optional.empty(), ReceiveBuffer.STANDARD, ReceiveBuffer.STANDARD);

  public TableSockets {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(command);
    Objects.requireNonNull(monitor);
  }
}
