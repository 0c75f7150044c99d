package org.jkeepalived.status;

import java.util.Locale;
import java.util.OptionalLong;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;

/** A virtual address in keepalived's words. */
final class AddressText {

  private AddressText() {}

  /** The same of an instance's: {@code dev vrrp.51@eth0} on a link that was made for it. */
  static String of(VirtualAddress address, VrrpInstance instance) {
    return instance
        .links()
        .named(address.device())
        .map(link -> of(address.on(link.name() + "@" + link.base() + said(link, instance))))
        .orElseGet(() -> of(address));
  }

  /** COMPAT: those that {@code use_vmac_addr} puts there do not say so (keepalived 2.2.7). */
  private static String said(VirtualLink link, VrrpInstance instance) {
    return instance.links().others().contains(link) && !instance.links().everywhere()
        ? " use_vmac"
        : "";
  }

  /** Such as {@code 192.168.0.1/24 dev eth0 scope global}. */
  static String of(VirtualAddress address) {
    StringBuilder text = new StringBuilder(withPrefix(address));
    address.broadcast().ifPresent(brd -> text.append(" brd ").append(NumericAddress.of(brd)));
    text.append(" dev ").append(address.device());
    text.append(" scope ").append(scope(address.scope()));
    address.label().ifPresent(label -> text.append(" label ").append(label));
    address
        .peer()
        .ifPresent(
            peer ->
                text.append(" peer ")
                    .append(NumericAddress.of(peer.address()))
                    .append('/')
                    .append(peer.prefixLength()));
    for (VirtualAddress.Flag flag : address.flags()) {
      String name = flag.name().toLowerCase(Locale.ROOT);
      // COMPAT: keepalived writes this one with a dash
      text.append(' ').append(flag == VirtualAddress.Flag.NODAD ? "-" + name : name);
    }
    if (!address.tracked()) {
      text.append(" no_track");
    }
    if (address.isIpv6()) {
      text.append(lifetime(address.preferredLifetimeSeconds()));
    }
    return text.toString();
  }

  private static String lifetime(OptionalLong preferredSeconds) {
    if (preferredSeconds.isEmpty()) {
      return " preferred_lft forever";
    }
    long seconds = preferredSeconds.getAsLong();
    return seconds == 0 ? " deprecated" : " preferred_lft " + seconds;
  }

  /** Such as {@code 192.168.0.1/24}; one address alone has no length. */
  static String withPrefix(VirtualAddress address) {
    String host = NumericAddress.of(address.address());
    return address.prefixLength() == AddressFamily.of(address.address()).bits()
        ? host
        : host + "/" + address.prefixLength();
  }

  private static String scope(int number) {
    return switch (number) {
      case 0 -> "global";
      case 200 -> "site";
      case 253 -> "link";
      case 254 -> "host";
      case 255 -> "nowhere";
      default -> Integer.toString(number);
    };
  }
}
