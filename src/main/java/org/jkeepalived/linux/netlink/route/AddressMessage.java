package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualAddress;

/** Writes RTM_NEWADDR and RTM_DELADDR for virtual addresses. */
public final class AddressMessage {
  private static final int IFA_F_NODAD = 0x02;
  private static final int IFA_F_HOMEADDRESS = 0x10;
  private static final int IFA_F_MANAGETEMPADDR = 0x100;
  private static final int IFA_F_NOPREFIXROUTE = 0x200;
  private static final int IFA_F_MCAUTOJOIN = 0x400;

  // struct ifa_cacheinfo: preferred and valid lifetime (4 each, seconds), two time stamps (4 each)
  private static final int CACHE_INFO_BYTES = 16;
  private static final long FOREVER = 0xffff_ffffL;

  private AddressMessage() {}

  /**
   * COMPAT: the attributes are those that keepalived 2.2.7 sends, seen with strace. The kernel
   * takes a missing IFA_ADDRESS as IFA_LOCAL. Removing names no label, broadcast address or scope,
   * so that the address also goes if these have changed since. {@code preferred_lft} is sent for
   * IPv6 only, and no neighbour is asked for a duplicate of a virtual address, whether {@code
   * -nodad} is said or not: the master that was there before may still answer.
   */
  public static void write(MessageWriter writer, KernelRequest request, int flags, int sequence) {
    boolean add = request.isAddition();
    KernelAddress object = (KernelAddress) request.object();
    VirtualAddress address = object.address();
    InetAddress local = address.address();
    boolean ipv6 = AddressFamily.of(local) == AddressFamily.IPV6;
    writer
        .begin(
            add ? RouteMessages.RTM_NEWADDR : RouteMessages.RTM_DELADDR,
            Netlink.NLM_F_REQUEST | flags | (add ? Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL : 0),
            sequence)
        .u8(ipv6 ? RouteMessages.AF_INET6 : RouteMessages.AF_INET)
        .u8(object.kernelPrefixLength())
        .u8(0)
        .u8(address.scope())
        .s32(request.target().linkIndices().get(0));
    if (add && ipv6) {
      lifetime(writer, address.preferredLifetimeSeconds());
    }
    writer.attribute(RouteMessages.IFA_LOCAL, local.getAddress());
    Optional<InetAddress> peer = address.peer().map(VirtualAddress.Peer::address);
    if (peer.isPresent() || !add) {
      writer.attribute(RouteMessages.IFA_ADDRESS, peer.orElse(local).getAddress());
    }
    if (add) {
      address
          .broadcast()
          .ifPresent(to -> writer.attribute(RouteMessages.IFA_BROADCAST, to.getAddress()));
      address.label().ifPresent(text -> writer.attributeString(RouteMessages.IFA_LABEL, text));
      int bits = kernelFlags(address.flags(), ipv6);
      if (bits != 0) {
        writer.attributeU32(RouteMessages.IFA_FLAGS, bits);
      }
    }
    writer.end();
  }

  private static void lifetime(MessageWriter writer, OptionalLong preferredSeconds) {
    if (preferredSeconds.isPresent()) {
      byte[] seconds = new byte[CACHE_INFO_BYTES];
      ByteBuffer.wrap(seconds)
          .order(ByteOrder.nativeOrder())
          .putInt((int) Math.min(preferredSeconds.getAsLong(), FOREVER))
          .putInt((int) FOREVER);
      writer.attribute(RouteMessages.IFA_CACHEINFO, seconds);
    }
  }

  private static int kernelFlags(Set<VirtualAddress.Flag> flags, boolean ipv6) {
    int ofIpv6 =
        IFA_F_NODAD
            | (flags.contains(VirtualAddress.Flag.HOME) ? IFA_F_HOMEADDRESS : 0)
            | (flags.contains(VirtualAddress.Flag.MNGTMPADDR) ? IFA_F_MANAGETEMPADDR : 0);
    return (ipv6 ? ofIpv6 : 0)
        | (flags.contains(VirtualAddress.Flag.NOPREFIXROUTE) ? IFA_F_NOPREFIXROUTE : 0)
        | (flags.contains(VirtualAddress.Flag.AUTOJOIN) ? IFA_F_MCAUTOJOIN : 0);
  }
}
