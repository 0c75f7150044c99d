package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Authentication;

/**
 * How many addresses an advertisement has room for; the rest are the master's all the same, as
 * those of {@code virtual_ipaddress_excluded} are.
 *
 * @param advertised the first ones
 * @param excluded those of the block, and the rest
 */
record AdvertisedAddresses(
    List<VirtualAddressLine.Result> advertised, List<VirtualAddressLine.Result> excluded) {

  /** The protocol counts them in a byte. */
  private static final int MOST = 255;

  /** Fewer have room on any link that IP runs on. */
  private static final int ALWAYS = 30;

  private static final int USUAL_MTU = 1500;

  // COMPAT: keepalived 2.2.7 leaves 16 bytes free beside the headers
  private static final int IPV4_BYTES = 44;
  private static final int IPV6_BYTES = 64;
  private static final int VERSION_2_BYTES = 8;
  private static final int AUTHENTICATION_HEADER_BYTES = 24;
  private static final int IPV4_ADDRESS_BYTES = 4;
  private static final int IPV6_ADDRESS_BYTES = 16;

  /**
   * Of an instance.
   *
   * @param mtu bytes of an IP packet that its link carries; asked only where it may matter
   */
  static AdvertisedAddresses of(
      InstanceDraft draft, int version, Authentication authentication, ToIntFunction<String> mtu) {
    List<VirtualAddressLine.Result> all = draft.addresses;
    if (all.size() <= ALWAYS) {
      return new AdvertisedAddresses(all, draft.excluded);
    }
    String link = draft.interfaceName.map(word -> word.text()).orElse("");
    int most = most(draft.familyOrDefault(), version, authentication, mtu.applyAsInt(link));
    if (all.size() <= most) {
      return new AdvertisedAddresses(all, draft.excluded);
    }
    List<VirtualAddressLine.Result> excluded = new ArrayList<>(draft.excluded);
    excluded.addAll(all.subList(most, all.size()));
    return new AdvertisedAddresses(List.copyOf(all.subList(0, most)), excluded);
  }

  private static int most(
      AddressFamily family, int version, Authentication authentication, int mtu) {
    if (family == AddressFamily.IPV6) {
      return Math.min(MOST, (mtu - IPV6_BYTES) / IPV6_ADDRESS_BYTES);
    }
    int headers = IPV4_BYTES + (version == 2 ? VERSION_2_BYTES : 0);
    if (authentication.type() == Authentication.Type.IPSEC_AH) {
      headers += AUTHENTICATION_HEADER_BYTES;
    }
    return Math.min(MOST, (mtu - headers) / IPV4_ADDRESS_BYTES);
  }

  /** What the kernel says of a link; that of Ethernet where there is none of that name. */
  static int mtu(SourceLoader files, String link) {
    Optional<String> text =
        link.isEmpty() || link.contains("/")
            ? Optional.empty()
            : files.read("/sys/class/net/" + link + "/mtu").text();
    return text.map(String::strip)
        .filter(number -> number.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .filter(number -> number > IPV6_BYTES + IPV6_ADDRESS_BYTES)
        .orElse(USUAL_MTU);
  }
}
