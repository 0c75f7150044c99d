package org.jkeepalived.host.lvs.ipvs;

import java.util.Optional;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.ipvs.IpvsConnection;
import org.jkeepalived.linux.process.KernelModule;
import org.jkeepalived.lvs.table.KernelTable;
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

  /** In the network namespace of the thread that asks. */
  static TableOpening ofKernel() {
    return new OfKernel();
  }

  /** The kernel itself. */
  final class OfKernel implements TableOpening {
    private static final Logger LOG = LoggerFactory.getLogger(OfKernel.class);
    private static final String MODULE = "ip_vs";

    private boolean triedToLoad;

    private OfKernel() {}

    @Override
    public Opened open() {
      try {
        Optional<IpvsConnection> opened = IpvsConnection.open(LOG::warn);
        if (opened.isPresent()) {
          return there(opened.get());
        }
        // the kernel has tried by itself, and tries again each time
        Optional<String> refused = triedToLoad ? Optional.empty() : KernelModule.load(MODULE);
        opened = triedToLoad ? opened : IpvsConnection.open(LOG::warn);
        triedToLoad = true;
        return opened
            .map(OfKernel::there)
            .orElseGet(() -> new Opened(Optional.empty(), missing(refused)));
      } catch (SystemCallException e) {
        return new Opened(Optional.empty(), Remedy.explain(e.error()));
      }
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
