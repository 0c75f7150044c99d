package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.VirtualLink;

/** What has been read of the links that one instance wants made for it. */
final class VirtualLinkDraft {

  /** {@code use_vmac}. */
  boolean macvlan;

  /** {@code use_ipvlan}, which counts where both are said. */
  boolean ipvlan;

  /** The name that a line gives it. */
  Optional<Token> name = Optional.empty();

  /** The MAC address in octets: six, or five that the virtual router id follows. */
  Optional<String> mac = Optional.empty();

  OptionalLong group = OptionalLong.empty();
  boolean notifies;
  Optional<VirtualLink.Mode> mode = Optional.empty();

  /** The address of an ipvlan. */
  Optional<InetAddress> address = Optional.empty();

  /** That of the address, where one is written. */
  OptionalInt prefixLength = OptionalInt.empty();

  /** {@code vmac_xmit_base}. */
  boolean transmitsOnBase;

  /** {@code use_vmac_addr}. */
  boolean everywhere;

  /** Whether there is to be one that the instance speaks on. */
  boolean isWanted() {
    return macvlan || ipvlan;
  }
}
