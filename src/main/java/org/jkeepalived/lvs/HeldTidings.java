package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.notify.Subject;

/**
 * What has happened while there was no table: told once there is one, and then only what differs
 * from what was told before. Who went and came meanwhile is not told of, nor are single checks.
 */
final class HeldTidings {

  /** What was told last of each quorum. */
  private final Map<Subject, Boolean> toldQuorums = new LinkedHashMap<>();

  /** The last of each subject, in the order in which they happened. */
  private final Map<Subject, LvsEvent> last = new LinkedHashMap<>();

  /** The servers of which how they are at first is held. */
  private final Set<Subject> beginnings = new LinkedHashSet<>();

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
    if (event instanceof LvsEvent.QuorumState) {
      toldQuorums.put(event.subject(), event.up());
    }
  }

  /** Cannot be told now. */
  void hold(LvsEvent event) {
    services.add(event.service());
    if (event instanceof LvsEvent.CheckState) {
      return;
    }
    boolean isHeld = last.remove(event.subject()) != null;
    if (event instanceof LvsEvent.ServerAtStart) {
      beginnings.add(event.subject());
    }
    // a server's states alternate: after two of them it is what it was, unless nobody knows that
    // yet; a quorum may begin with any
    boolean matters = event instanceof LvsEvent.QuorumState || beginnings.contains(event.subject());
    if (!isHeld || matters) {
      last.put(event.subject(), event);
    }
  }

  /** With another configuration: who is not in it is nobody's concern, or another one's. */
  void retain(Director target) {
    Set<Subject> named = new LinkedHashSet<>();
    for (VirtualServer server : target.servers()) {
      String service = server.service().text();
      named.add(Subject.virtualServer(service));
      for (RealServer real : server.servers()) {
        named.add(
            Subject.realServer(real.address().text(server.service().protocolText()), service));
      }
    }
    toldQuorums.keySet().retainAll(named);
    last.keySet().retainAll(named);
    beginnings.retainAll(named);
  }

  /** Everything that is to be told now; nothing is held any more. */
  List<LvsEvent> release() {
    List<LvsEvent> released = new ArrayList<>();
    for (LvsEvent event : last.values()) {
      Boolean before = toldQuorums.get(event.subject());
      if (before == null || before != event.up()) {
        released.add(event);
      }
    }
    last.clear();
    beginnings.clear();
    services.clear();
    return released;
  }
}
