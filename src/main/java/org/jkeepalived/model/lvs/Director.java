package org.jkeepalived.model.lvs;

import java.util.List;

/**
 * Everything that is to be balanced.
 *
 * @param servers the virtual servers, in the file's order
 */
public record Director(List<VirtualServer> servers) {
  /** Nothing is balanced. */
  public static final Director NONE = new Director(List.of());

  public Director {
    servers = List.copyOf(servers);
  }
}
