package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code virtual_server}: a service, and the real servers that answer for it.
 *
 * @param servers at least one, no two at the same address and port
 * @param sorry who answers while the quorum is not there
 */
public record VirtualServer(
    VirtualService service,
    Balancing balancing,
    Quorum quorum,
    Conduct conduct,
    List<RealServer> servers,
    Optional<SorryServer> sorry) {
  public VirtualServer {
    Objects.requireNonNull(service);
    Objects.requireNonNull(balancing);
    Objects.requireNonNull(quorum);
    Objects.requireNonNull(conduct);
    servers = List.copyOf(servers);
    Objects.requireNonNull(sorry);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a virtual server needs a real server");
    }
  }

  /**
   * What else it does.
   *
   * @param servers what its real servers do that say nothing else
   * @param omega scripts run at the stop, too
   * @param suspended {@code ha_suspend}: nothing is checked while this machine lacks the address
   * @param slowStartNanos over which a server that comes back is given its weight again; 0 for at
   *     once
   * @param mail a gained or lost quorum is worth a mail
   * @param snmpName what SNMP calls it
   */
  public record Conduct(
      ServerConduct servers,
      boolean omega,
      boolean suspended,
      long slowStartNanos,
      boolean mail,
      Optional<String> snmpName) {
    public Conduct {
      Objects.requireNonNull(servers);
      Objects.requireNonNull(snmpName);
    }

    /** The quorum is down until checks have succeeded. */
    public boolean alpha() {
      return servers.alpha();
    }
  }

  /**
   * {@code sorry_server}.
   *
   * @param inhibited it stays in the table with weight 0 while it is not needed
   */
  public record SorryServer(ServerAddress address, Forwarding forwarding, boolean inhibited) {
    public SorryServer {
      Objects.requireNonNull(address);
      Objects.requireNonNull(forwarding);
    }
  }
}
