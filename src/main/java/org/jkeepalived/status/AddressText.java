package org.jkeepalived.status;

import java.util.Locale;
import org.jkeepalived.model.VirtualAddress;

/** A virtual address in keepalived's words. */
final class AddressText {

  private AddressText() {}

  /** Such as {@code 192.168.0.1/24 dev eth0 scope global}. */
  static String of(VirtualAddress address) {
    StringBuilder text = new StringBuilder(withPrefix(address));
    address.broadcast().ifPresent(brd -> text.append(" brd ").append(brd.getHostAddress()));
    text.append(" dev ").append(address.device());
    text.append(" scope ").append(scope(address.scope()));
    address.label().ifPresent(label -> text.append(" label ").append(label));
    address
        .peer()
        .ifPresent(
            peer ->
                text.append(" peer ")
                    .append(peer.address().getHostAddress())
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
    return text.toString();
  }

  /** Such as {@code 192.168.0.1/24}; one address alone has no length. */
  static String withPrefix(VirtualAddress address) {
    String host = address.address().getHostAddress();
    return address.prefixLength() == 32 ? host : host + "/" + address.prefixLength();
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
