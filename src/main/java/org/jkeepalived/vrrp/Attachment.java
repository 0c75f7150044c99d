package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The link that a virtual router speaks on, as it is now.
 *
 * @param linkIndex the kernel's number of the link
 * @param hardwareAddress the link's own; none of one that is not Ethernet
 * @param source the address that it speaks from
 * @param sourceBytes the same in network byte order
 */
record Attachment(int linkIndex, byte[] hardwareAddress, InetAddress source, byte[] sourceBytes) {

  Attachment(int linkIndex, byte[] hardwareAddress, InetAddress source) {
    this(linkIndex, hardwareAddress, source, source.getAddress());
  }

  /** Whether frames can be made for it; else the kernel makes what the link carries. */
  boolean isEthernet() {
    return hardwareAddress.length > 0;
  }

  boolean is(int otherIndex, byte[] otherHardwareAddress, InetAddress otherSource) {
    return linkIndex == otherIndex
        && Arrays.equals(hardwareAddress, otherHardwareAddress)
        && source.equals(otherSource);
  }
}
