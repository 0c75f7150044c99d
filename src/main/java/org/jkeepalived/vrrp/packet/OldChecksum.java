package org.jkeepalived.vrrp.packet;

import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.transport.InternetChecksum;

/**
 * An instance's checksum of the {@linkplain ChecksumKind#OLD_UNICAST old kind}, of the group to
 * which nothing is sent.
 */
public final class OldChecksum {

  private final boolean believed;
  private final int groupSum;

  public OldChecksum(VrrpInstance instance) {
    Unicast.OldChecksum configured = instance.protocol().unicast().oldChecksum();
    believed =
        instance.key().isUnicast()
            && instance.key().family() == AddressFamily.IPV4
            && configured.use() != Unicast.OldChecksum.Use.NEVER;
    byte[] group = configured.group().getAddress();
    groupSum = InternetChecksum.sum(group, 0, group.length);
  }

  /** Whether a peer may make it, and be answered in kind. */
  public boolean isBelieved() {
    return believed;
  }

  /**
   * The sum of the addresses that it covers, not yet folded.
   *
   * @param sourceSum that of the source's 16-bit words
   */
  public int addressSum(int sourceSum) {
    return sourceSum + groupSum;
  }
}
