package org.jkeepalived.lvs.mark;

import java.util.Objects;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;

/** A map from addresses and ports to marks, and the rule that asks it. */
public record MarkMap(AddressFamily family, Protocol protocol) {
  public MarkMap {
    Objects.requireNonNull(family);
    Objects.requireNonNull(protocol);
  }
}
