package org.jkeepalived.lvs.mark;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;

/** The kernel's tables that mark packets, as somebody writes them who may block. */
public interface KernelMarks extends AutoCloseable {

  /**
   * Carries out changes as {@link PacketMarks#change} tells.
   *
   * @return why not all were carried out
   */
  Optional<KernelError> change(MarkTable table, List<MarkChange> changes);

  /** Reads what is there. */
  MarkReading read(MarkTable table, Set<MarkMap> maps);

  @Override
  void close();
}
