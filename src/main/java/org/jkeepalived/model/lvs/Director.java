package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;

/**
 * Everything that is to be balanced.
 *
 * @param servers the virtual servers, in the file's order
 * @param tls {@code SSL}
 */
public record Director(List<VirtualServer> servers, TlsFiles tls) {
  /** Nothing is balanced. */
  public static final Director NONE = new Director(List.of(), TlsFiles.NONE);

  public Director {
    servers = List.copyOf(servers);
    Objects.requireNonNull(tls);
  }
}
