package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jkeepalived.lvs.WantedServices.Member;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;

/** Which servers of a pool the kernel's table is to have, and with which weight. */
final class PoolMembers {

  private static final int SORRY_WEIGHT = 1;

  private PoolMembers() {}

  /**
   * Those that serve, those that stay there with weight 0, and the sorry server.
   *
   * @param sorryServes the sorry server serves, and no other
   */
  static List<Member> of(
      VirtualServer configured, Collection<PoolServer> servers, boolean sorryServes) {
    List<Member> members = new ArrayList<>();
    if (!sorryServes) {
      configured
          .sorry()
          .filter(SorryServer::inhibited)
          .ifPresent(sorry -> members.add(member(sorry, 0)));
    }
    for (PoolServer server : servers) {
      boolean serves = server.isAlive() && !sorryServes;
      if (serves || server.configured().inhibited()) {
        members.add(member(server.configured(), serves ? server.shareOfTable() : 0));
      }
    }
    if (sorryServes) {
      configured.sorry().ifPresent(sorry -> members.add(member(sorry, SORRY_WEIGHT)));
    }
    return members;
  }

  private static Member member(SorryServer sorry, long weight) {
    return new Member(sorry.address(), new DestinationSettings(sorry.forwarding(), weight, 0, 0));
  }

  private static Member member(RealServer server, long weight) {
    RealServer.Load load = server.load();
    return new Member(
        server.address(),
        new DestinationSettings(
            server.forwarding(), weight, load.upperThreshold(), load.lowerThreshold()));
  }
}
