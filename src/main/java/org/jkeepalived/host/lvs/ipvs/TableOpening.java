package org.jkeepalived.host.lvs.ipvs;

import java.util.Optional;
import org.jkeepalived.host.lvs.TablePlace;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ipvs.IpvsConnection;
import org.jkeepalived.linux.process.KernelModule;
import org.jkeepalived.lvs.table.KernelTable;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the kernel's table, if the kernel has one. */
interface TableOpening {

  /**
   * What has come of it.
   *
   * @param missing in one line, what is missing and what to do; empty where there is a table
   */
  record Opened(Optional<KernelTable> table, String missing) {}

  /** Tries it; blocks for as long as the kernel takes to load its module. */
  Opened open();

  /**
   * How much of what the kernel answers may wait to be read, from the next opening on.
   *
   * @return whether that is another amount than before
   */
  boolean makeRoom(ReceiveBuffer room);

  /**
   * The kernel's.
   *
   * @param namespace whose table it is; empty for that of the thread that opens it
   */
  static TableOpening ofKernel(Optional<TableNamespace> namespace, ReceiveBuffer room) {
    return new OfKernel(namespace, room);
  }

  /** The kernel itself. */
  final class OfKernel implements TableOpening {
    private static final Logger LOG = LoggerFactory.getLogger(OfKernel.class);
    private static final String MODULE = "ip_vs";

    private final Optional<TableNamespace> namespace;
    private int receiveBytes;
    private boolean triedToLoad;

    private OfKernel(Optional<TableNamespace> namespace, ReceiveBuffer room) {
      this.namespace = namespace;
      receiveBytes = bytes(room);
    }

    private static int bytes(ReceiveBuffer room) {
      return room.atLeast(NetlinkConnection.RECEIVE_QUEUE_BYTES);
    }

    @Override
    public boolean makeRoom(ReceiveBuffer room) {
      int before = receiveBytes;
      receiveBytes = bytes(room);
      return receiveBytes != before;
    }

    @Override
    public Opened open() {
      try {
        Optional<IpvsConnection> opened = connect();
        if (opened.isPresent()) {
          return there(opened.get());
        }
        // the kernel has tried by itself, and tries again each time
        Optional<String> refused = triedToLoad ? Optional.empty() : KernelModule.load(MODULE);
        opened = triedToLoad ? opened : connect();
        triedToLoad = true;
        return opened
            .map(OfKernel::there)
            .orElseGet(() -> new Opened(Optional.empty(), missing(refused)));
      } catch (SystemCallException e) {
        return new Opened(Optional.empty(), explain(e.error()));
      }
    }

    private Optional<IpvsConnection> connect() throws SystemCallException {
      return TablePlace.open(
          namespace, () -> IpvsConnection.open(receiveBytes, LOG::warn), IpvsConnection::close);
    }

    private String explain(SystemError error) {
      if (namespace.isPresent() && error.errno() == Errno.EPERM) {
        return error + ": net_namespace_ipvs needs CAP_SYS_ADMIN";
      }
      Optional<String> name = namespace.flatMap(TableNamespace::name);
      return name.isPresent() && error.errno() == Errno.ENOENT
          ? "net_namespace_ipvs: there is no network namespace %s: ip netns add %s"
              .formatted(name.get(), name.get())
          : Remedy.explain(error);
    }

    private static String missing(Optional<String> refused) {
      return "this kernel has no IPVS"
          + refused.map(why -> " (" + why + ")").orElse("")
          + ": modprobe ip_vs, or install the package that holds it (linux-modules-extra-…)";
    }

    private static Opened there(IpvsConnection connection) {
      connection.warmUp();
      return new Opened(Optional.of(connection), "");
    }
  }
}
