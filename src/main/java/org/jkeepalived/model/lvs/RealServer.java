package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Command;

/**
 * {@code real_server}.
 *
 * @param conduct how it is looked after
 * @param checks all of them must succeed
 */
public record RealServer(
    ServerAddress address,
    Load load,
    Forwarding forwarding,
    ServerConduct conduct,
    Tidings tidings,
    List<Check> checks) {
  public RealServer {
    Objects.requireNonNull(address);
    Objects.requireNonNull(load);
    Objects.requireNonNull(forwarding);
    Objects.requireNonNull(conduct);
    Objects.requireNonNull(tidings);
    checks = List.copyOf(checks);
  }

  /** {@code inhibit_on_failure}: it stays in the table with weight 0 when it fails. */
  public boolean inhibited() {
    return conduct.inhibited();
  }

  /**
   * How much it is given.
   *
   * @param weight 0 to 2³¹−1
   * @param upperThreshold connections from which it gets no more; 0 for no bound
   * @param lowerThreshold connections below which it gets some again; 0 for no bound
   */
  public record Load(int weight, long upperThreshold, long lowerThreshold) {}

  /**
   * Who hears of it.
   *
   * @param up {@code notify_up}
   * @param down {@code notify_down}
   * @param mail its failure and its return are worth a mail
   * @param checkMail so is each change of one of its checks that leaves it what it is; only where
   *     {@code mail} holds
   * @param fromStart {@code rs_init_notifies}: so is that it is up from the start, but no mail
   * @param snmpName what SNMP calls it
   */
  public record Tidings(
      Optional<Command> up,
      Optional<Command> down,
      boolean mail,
      boolean checkMail,
      boolean fromStart,
      Optional<String> snmpName) {
    public Tidings {
      Objects.requireNonNull(up);
      Objects.requireNonNull(down);
      Objects.requireNonNull(snmpName);
    }
  }
}
