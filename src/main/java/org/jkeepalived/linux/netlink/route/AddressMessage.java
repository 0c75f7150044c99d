package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.model.VirtualAddress;

/** Writes RTM_NEWADDR and RTM_DELADDR for virtual addresses. */
public final class AddressMessage {
  private static final int IFA_F_NOPREFIXROUTE = 0x200;
  private static final int IFA_F_MCAUTOJOIN = 0x400;

  private AddressMessage() {}

  /**
   * COMPAT: the attributes are those that keepalived 2.2.7 sends, seen with strace. The kernel
   * takes a missing IFA_ADDRESS as IFA_LOCAL. Removing names no label, broadcast address or scope,
   * so that the address also goes if these have changed since. {@code preferred_lft} is sent for
   * IPv6 only.
   */
  public static void write(MessageWriter writer, KernelRequest request, int flags, int sequence) {
    boolean add = request.isAddition();
    KernelAddress object = (KernelAddress) request.object();
    VirtualAddress address = object.address();
    InetAddress local = address.address();
    writer
        .begin(
            add ? RouteMessages.RTM_NEWADDR : RouteMessages.RTM_DELADDR,
            Netlink.NLM_F_REQUEST | flags | (add ? Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL : 0),
            sequence)
        .u8(RouteMessages.AF_INET)
        .u8(object.kernelPrefixLength())
        .u8(0)
        .u8(address.scope())
        .s32(request.target().linkIndices().get(0))
        .attribute(RouteMessages.IFA_LOCAL, local.getAddress());
    Optional<InetAddress> peer = address.peer().map(VirtualAddress.Peer::address);
    if (peer.isPresent() || !add) {
      writer.attribute(RouteMessages.IFA_ADDRESS, peer.orElse(local).getAddress());
    }
    if (add) {
      address
          .broadcast()
          .ifPresent(to -> writer.attribute(RouteMessages.IFA_BROADCAST, to.getAddress()));
      address.label().ifPresent(text -> writer.attributeString(RouteMessages.IFA_LABEL, text));
      int bits = kernelFlags(address.flags());
      if (bits != 0) {
        writer.attributeU32(RouteMessages.IFA_FLAGS, bits);
      }
    }
    writer.end();
  }

  private static int kernelFlags(Set<VirtualAddress.Flag> flags) {
    return (flags.contains(VirtualAddress.Flag.NOPREFIXROUTE) ? IFA_F_NOPREFIXROUTE : 0)
        | (flags.contains(VirtualAddress.Flag.AUTOJOIN) ? IFA_F_MCAUTOJOIN : 0);
  }
}
