package org.jkeepalived.lvs.mark;

import java.util.Objects;
import org.jkeepalived.model.lvs.PacketMarking;

/**
 * Where packets are marked: a table of this name for each family.
 *
 * @param priority of its chain, any 32 bits
 * @param counted whether its rules and elements count packets
 */
public record MarkTable(String name, int priority, boolean counted) {
  public MarkTable {
    Objects.requireNonNull(name);
  }

  /** As it is configured. */
  public static MarkTable of(PacketMarking marking) {
    return new MarkTable(marking.table(), marking.priority(), marking.counted());
  }
}
