package org.jkeepalived.linux.packet;

import java.net.InetAddress;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * Membership of a link in an IPv4 multicast group: makes the kernel send IGMP reports, without
 * which a snooping switch does not forward the group, and lets the link's hardware filter pass it.
 *
 * <p>It has a socket of its own, because the kernel allows 20 memberships on one
 * (net.ipv4.igmp_max_memberships). Nothing is received on it: it is bound to no port. The
 * membership survives a link that goes down, and is lost with a link that is deleted.
 */
public final class GroupMembership implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int IPPROTO_IP = 0;
  private static final int IP_ADD_MEMBERSHIP = 35;

  // struct ip_mreqn: group (4), the link's address (4), the link's index (4)
  private static final int REQUEST_BYTES = 12;

  private final int fd;

  private GroupMembership(int fd) {
    this.fd = fd;
  }

  /**
   * Joins. It waits for the kernel's routing lock.
   *
   * @param group an IPv4 multicast address
   */
  public static GroupMembership join(int linkIndex, InetAddress group) throws SystemCallException {
    byte[] address = group.getAddress();
    if (address.length != 4 || !group.isMulticastAddress()) {
      throw new IllegalArgumentException("not an IPv4 multicast group: " + group);
    }
    int fd =
        SystemCallException.check(
            "open multicast socket", Libc.socket(AF_INET, SOCK_DGRAM | Libc.O_CLOEXEC, 0));
    NativeMemory request = NativeMemory.allocate(REQUEST_BYTES);
    request.bytes().put(0, address);
    request.bytes().putInt(8, linkIndex);
    int result = Libc.setSocketOption(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, request);
    if (result < 0) {
      Libc.close(fd);
      SystemCallException.check("join " + group.getHostAddress() + " on link " + linkIndex, result);
    }
    return new GroupMembership(fd);
  }

  /** Leaves the group. */
  @Override
  public void close() {
    Libc.close(fd);
  }
}
