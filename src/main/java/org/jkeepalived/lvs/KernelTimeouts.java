package org.jkeepalived.lvs;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/** After how long the kernel forgets idle connections. */
final class KernelTimeouts {

  /** COMPAT: what keepalived leaves in the kernel where {@code lvs_timeouts} were set. */
  private static final Timeouts KERNEL_DEFAULTS =
      new Timeouts(OptionalInt.of(900), OptionalInt.of(120), OptionalInt.of(300));

  private final IpvsTable table;
  private final BiConsumer<String, Optional<KernelError>> complaint;

  /**
   * @param complaint hears what could not be done, and why, if so
   */
  KernelTimeouts(IpvsTable table, BiConsumer<String, Optional<KernelError>> complaint) {
    this.table = table;
    this.complaint = complaint;
  }

  /** Sets those that are to be other ones than before. */
  void set(Timeouts before, Timeouts after) {
    Timeouts set =
        new Timeouts(
            timeout(before.tcp(), after.tcp(), KERNEL_DEFAULTS.tcp()),
            timeout(before.tcpFin(), after.tcpFin(), KERNEL_DEFAULTS.tcpFin()),
            timeout(before.udp(), after.udp(), KERNEL_DEFAULTS.udp()));
    if (!set.equals(Timeouts.KERNEL)) {
      // without a table nothing is to be said: they are set when it comes
      table.setTimeouts(
          set,
          error -> complaint.accept("set the timeouts", error.filter(one -> one.number() != 0)));
    }
  }

  private static OptionalInt timeout(OptionalInt before, OptionalInt after, OptionalInt standard) {
    if (before.equals(after)) {
      return OptionalInt.empty();
    }
    return after.isPresent() ? after : standard;
  }
}
