package org.jkeepalived.lvs.check;

import java.util.Objects;

/**
 * Whom a check is for, as log lines name them.
 *
 * @param server the real server, such as {@code [10.0.0.11]:tcp:80}
 * @param service the virtual server, such as {@code [10.0.0.101]:tcp:80}
 */
public record CheckedServer(String server, String service) {
  public CheckedServer {
    Objects.requireNonNull(server);
    Objects.requireNonNull(service);
  }
}
