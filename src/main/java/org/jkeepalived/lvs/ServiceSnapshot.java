package org.jkeepalived.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.lvs.VirtualServer;

/**
 * A virtual server at one moment.
 *
 * @param configured what the operator asked for
 * @param quorum whether it is fit to serve
 * @param suspended {@code ha_suspend}: nothing is checked, for this machine lacks the address
 * @param sorryServes whether the sorry server gets the clients
 * @param entry how it stands in the kernel's table
 * @param servers its real servers, in the configuration's order
 */
public record ServiceSnapshot(
    VirtualServer configured,
    QuorumLook quorum,
    boolean suspended,
    boolean sorryServes,
    Entry entry,
    List<ServerSnapshot> servers) {
  public ServiceSnapshot {
    Objects.requireNonNull(configured);
    Objects.requireNonNull(quorum);
    Objects.requireNonNull(entry);
    servers = List.copyOf(servers);
  }

  /** What the kernel said when it refused something of it, in a line. */
  public Optional<String> refusal() {
    return entry.refusal();
  }

  /**
   * How it stands in the kernel's table.
   *
   * @param mark of the packets to a group's addresses; empty where each is a service of its own
   * @param refusal what the kernel said when it refused the service or one of its real servers, in
   *     a line; empty where all of it is in the table
   */
  public record Entry(OptionalLong mark, Optional<String> refusal) {
    public Entry {
      Objects.requireNonNull(mark);
      Objects.requireNonNull(refusal);
    }
  }

  /**
   * The quorum.
   *
   * @param up whether it is there
   * @param weight what the living real servers weigh together
   * @param sinceNanos since when it is so, by the loop's clock; empty where nobody knows
   * @param gained how often it was gained, the start not counted
   * @param lost how often it was lost
   */
  public record QuorumLook(
      boolean up, long weight, OptionalLong sinceNanos, long gained, long lost) {
    public QuorumLook {
      Objects.requireNonNull(sinceNanos);
    }
  }
}
