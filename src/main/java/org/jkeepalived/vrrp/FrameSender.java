package org.jkeepalived.vrrp;

/** Where Ethernet frames leave the machine. */
public interface FrameSender {

  /**
   * Sends a whole Ethernet frame on a link.
   *
   * @param linkIndex the kernel's number of the link
   * @return whether the kernel took it; never blocks, never throws
   */
  boolean send(int linkIndex, byte[] frame);
}
