package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.notify.LvsEvent;

/**
 * What has happened while there was no table: told once there is one, and then only what differs
 * from what was told before. Who went and came meanwhile is not told of.
 */
final class HeldTidings {

  /** What was told last of each quorum. */
  private final Map<String, Boolean> toldQuorums = new LinkedHashMap<>();

  private final Map<String, LvsEvent.QuorumState> quorums = new LinkedHashMap<>();
  private final Map<CheckedServer, LvsEvent.ServerState> servers = new LinkedHashMap<>();

  /** The virtual servers of all that is held. */
  private final Set<String> services = new LinkedHashSet<>();

  boolean isEmpty() {
    return services.isEmpty();
  }

  /** Whether something of the same virtual server waits: what comes later must not overtake it. */
  boolean holds(String service) {
    return services.contains(service);
  }

  void told(LvsEvent event) {
    if (event instanceof LvsEvent.QuorumState state) {
      toldQuorums.put(state.service(), state.up());
    }
  }

  /** Cannot be told now. */
  void hold(LvsEvent event) {
    services.add(event.service());
    if (event instanceof LvsEvent.QuorumState state) {
      quorums.put(state.service(), state);
    } else if (event instanceof LvsEvent.ServerState state) {
      CheckedServer name = new CheckedServer(state.server(), state.service());
      // states alternate: after two of them it is what it was
      if (servers.remove(name) == null) {
        servers.put(name, state);
      }
    }
  }

  /** With another configuration: who is not in it is nobody's concern, or another one's. */
  void retain(Director target) {
    Set<String> kept = new LinkedHashSet<>();
    Set<CheckedServer> named = new LinkedHashSet<>();
    for (VirtualServer server : target.servers()) {
      String service = server.service().text();
      kept.add(service);
      for (RealServer real : server.servers()) {
        String name = real.address().text(server.service().protocolText());
        named.add(new CheckedServer(name, service));
      }
    }
    toldQuorums.keySet().retainAll(kept);
    quorums.keySet().retainAll(kept);
    servers.keySet().retainAll(named);
  }

  /** Everything that is to be told now; of a virtual server its real servers come first. */
  List<LvsEvent> release() {
    List<LvsEvent> released = new ArrayList<>(servers.values());
    for (LvsEvent.QuorumState state : quorums.values()) {
      Boolean before = toldQuorums.get(state.service());
      if (before == null || before != state.up()) {
        released.add(state);
      }
    }
    servers.clear();
    quorums.clear();
    services.clear();
    return released;
  }
}
