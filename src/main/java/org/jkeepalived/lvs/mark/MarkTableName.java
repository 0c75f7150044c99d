package org.jkeepalived.lvs.mark;

import java.util.Objects;
import org.jkeepalived.model.AddressFamily;

/** One of the kernel's tables that mark packets. */
public record MarkTableName(AddressFamily family, String name) {
  public MarkTableName {
    Objects.requireNonNull(family);
    Objects.requireNonNull(name);
  }

  /** As nft names it: {@code ip keepalived_ipvs}. */
  public String text() {
    return (family == AddressFamily.IPV4 ? "ip " : "ip6 ") + name;
  }
}
