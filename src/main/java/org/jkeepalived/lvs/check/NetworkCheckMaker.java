package org.jkeepalived.lvs.check;

import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.PingCheck;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.UdpCheck;

/** Makes checks of the kinds that ask over the network. */
public final class NetworkCheckMaker implements RunningCheck.Maker {

  private final ScheduledCheck.Surroundings around;
  private final Network network;

  /**
   * @param around what is theirs on the thread that they live on
   * @param network answers on that thread, too
   */
  public NetworkCheckMaker(ScheduledCheck.Surroundings around, Network network) {
    this.around = around;
    this.network = network;
  }

  /** Whether a check is of such a kind; {@link LocalCheckMaker} makes the others. */
  public static boolean makes(Check check) {
    return !(check instanceof MiscCheck || check instanceof FileCheck);
  }

  /** Callable from any thread. */
  @Override
  public ScheduledCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    return new ScheduledCheck(checker(server, check), check.schedule(), up, listener, around);
  }

  private Checker checker(CheckedServer server, Check check) {
    if (check instanceof TcpCheck tcp) {
      return new TcpChecker(server, tcp, network);
    }
    if (check instanceof HttpCheck http) {
      return new HttpChecker(server, http, network);
    }
    if (check instanceof SmtpCheck smtp) {
      return new SmtpChecker(server, smtp, network);
    }
    if (check instanceof DnsCheck dns) {
      return new DnsChecker(server, dns, network, around.random());
    }
    if (check instanceof UdpCheck udp) {
      return new UdpChecker(server, udp, network);
    }
    if (check instanceof PingCheck ping) {
      return new PingChecker(server, ping, network);
    }
    throw new IllegalStateException("no such check: " + check);
  }
}
