package org.jkeepalived.linux.packet;

import java.net.InetAddress;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.NumericAddress;

/**
 * Membership of a link in a multicast group: makes the kernel send IGMP reports, or IPv6's MLD
 * reports, without which a snooping switch does not forward the group, and lets the link's hardware
 * filter pass it.
 *
 * <p>It has a socket of its own, because the kernel allows 20 memberships on one
 * (net.ipv4.igmp_max_memberships). Nothing is received on it: it is bound to no port. The
 * membership survives a link that goes down, and is lost with a link that is deleted.
 */
public final class GroupMembership implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM = 2;
  private static final int IPPROTO_IP = 0;
  private static final int IP_ADD_MEMBERSHIP = 35;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_ADD_MEMBERSHIP = 20;

  // struct ip_mreqn: group (4), the link's address (4), the link's index (4)
  private static final int REQUEST_BYTES = 12;
  private static final int REQUEST_LINK = 8;

  // struct ipv6_mreq: group (16), the link's index (4)
  private static final int REQUEST6_BYTES = 20;
  private static final int REQUEST6_LINK = 16;

  private final int fd;

  private GroupMembership(int fd) {
    this.fd = fd;
  }

  /**
   * Joins. It waits for the kernel's routing lock.
   *
   * @param group a multicast address
   */
  public static GroupMembership join(int linkIndex, InetAddress group) throws SystemCallException {
    if (!group.isMulticastAddress()) {
      throw new IllegalArgumentException("not a multicast group: " + group);
    }
    byte[] address = group.getAddress();
    boolean ipv4 = address.length == 4;
    int family = ipv4 ? AF_INET : AF_INET6;
    int fd =
        SystemCallException.check(
            "open multicast socket", Libc.socket(family, SOCK_DGRAM | Libc.O_CLOEXEC, 0));
    NativeMemory request = NativeMemory.allocate(ipv4 ? REQUEST_BYTES : REQUEST6_BYTES);
    request.bytes().put(0, address);
    request.bytes().putInt(ipv4 ? REQUEST_LINK : REQUEST6_LINK, linkIndex);
    int result =
        ipv4
            ? Libc.setSocketOption(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, request)
            : Libc.setSocketOption(fd, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, request);
    if (result < 0) {
      Libc.close(fd);
      SystemCallException.check(
          "join " + NumericAddress.of(group) + " on link " + linkIndex, result);
    }
    return new GroupMembership(fd);
  }

  /** Leaves the group. */
  @Override
  public void close() {
    Libc.close(fd);
  }
}
