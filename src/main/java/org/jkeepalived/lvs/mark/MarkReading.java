package org.jkeepalived.lvs.mark;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;

/**
 * What was read of the tables that mark packets.
 *
 * @param unchanged nobody has changed anything in the kernel's packet filter since the last own
 *     change or reading: nothing was read
 * @param maps what is in each map that is there, with its rule
 * @param error why it could not be read
 */
public record MarkReading(
    boolean unchanged, Map<MarkMap, Set<MarkedRange>> maps, Optional<KernelError> error) {

  /** Nothing to look at. */
  public static final MarkReading UNCHANGED = new MarkReading(true, Map.of(), Optional.empty());

  public MarkReading {
    Objects.requireNonNull(maps);
    Objects.requireNonNull(error);
  }
}
