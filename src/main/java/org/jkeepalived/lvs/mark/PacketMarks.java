package org.jkeepalived.lvs.mark;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;

/**
 * The kernel's tables that mark packets, as somebody writes them who may not block. What is asked
 * for is done in its order, also among what is asked of {@link
 * org.jkeepalived.lvs.table.IpvsTable}; each answer comes later, on the asking thread.
 */
public interface PacketMarks {

  /**
   * Carries out changes, all or none of them. Where they are too many for one message of the kernel
   * (some two thousand ranges) they are carried out in parts, and only each part as a whole.
   *
   * @param done hears why they were not all carried out, if so
   */
  void change(MarkTable table, List<MarkChange> changes, Consumer<Optional<KernelError>> done);

  /**
   * Reads what is there.
   *
   * @param maps those that are looked at
   */
  void read(MarkTable table, Set<MarkMap> maps, Consumer<MarkReading> done);
}
