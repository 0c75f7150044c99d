package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;

/**
 * Everything that is to be balanced.
 *
 * @param servers the virtual servers, in the file's order
 * @param tls {@code SSL}
 * @param table what holds for the kernel's table as a whole
 */
public record Director(List<VirtualServer> servers, TlsFiles tls, TableSettings table) {
  /** Nothing is balanced. */
  public static final Director NONE =
      new Director(List.of(), TlsFiles.NONE, TableSettings.STANDARD);

  public Director {
    servers = List.copyOf(servers);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(table);
  }
}
