package org.jkeepalived.status;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * keepalived's data dump, in its order and words, as far as this program knows the values.
 *
 * @param zone the one in which times of day are written
 * @param networkNamespace the one the daemon lives in, when it was asked for
 */
public record DataDump(ZoneId zone, Optional<String> networkNamespace) {

  public DataDump {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(networkNamespace);
  }

  /**
   * What {@code --dump-conf} logs: what is configured, and on what machine. Unlike keepalived's it
   * has no passwords: a log is read by more people than a file of mode 0600, and travels further.
   */
  public void configuration(VrrpSnapshot snapshot, Consumer<String> lines) {
    HeldAddresses held = new HeldAddresses(snapshot);
    new GlobalsText(networkNamespace, lines).write(snapshot.globals());
    topologyTitle(snapshot, lines);
    snapshot.routers().forEach(router -> new InstanceText(router, lines).configured());
    new LinksText(snapshot, held, lines).interfaces();
  }

  /** What a running daemon writes to {@code keepalived.data}: the same, and how it is now. */
  public void running(VrrpSnapshot snapshot, Consumer<String> lines) {
    HeldAddresses held = new HeldAddresses(snapshot);
    new GlobalsText(networkNamespace, lines).write(snapshot.globals());
    topologyTitle(snapshot, lines);
    RunText run = new RunText(snapshot, held, zone);
    snapshot.routers().forEach(router -> new InstanceText(router, lines).running(run));
    LinksText links = new LinksText(snapshot, held, lines);
    links.sockets();
    links.interfaces();
  }

  private static void topologyTitle(VrrpSnapshot snapshot, Consumer<String> lines) {
    if (!snapshot.routers().isEmpty()) {
      lines.accept("------< VRRP Topology >------");
    }
  }
}
