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
import org.jkeepalived.script.CommandRunner;

/** Makes checks of all kinds. */
public final class CheckMaker implements RunningCheck.Maker {

  private final ScheduledCheck.Surroundings around;
  private final Network network;
  private final CommandRunner runner;
  private final FileNumbers files;

  /**
   * @param around what is theirs on the thread that they live on
   * @param runner answers on that thread, too
   * @param files what the tracked files say
   */
  public CheckMaker(
      ScheduledCheck.Surroundings around,
      Network network,
      CommandRunner runner,
      FileNumbers files) {
    this.around = around;
    this.network = network;
    this.runner = runner;
    this.files = files;
  }

  @Override
  public RunningCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    if (check instanceof FileCheck file) {
      return new FileChecker(server, file, up, listener, files, around);
    }
    return new ScheduledCheck(checker(server, check), check.schedule(), up, listener, around);
  }

  private Checker checker(CheckedServer server, Check check) {
    if (check instanceof TcpCheck tcp) {
      return new TcpChecker(server, tcp, network);
    }
    if (check instanceof HttpCheck http) {
      return new HttpChecker(server, http, network);
    }
    if (check instanceof MiscCheck misc) {
      return new MiscChecker(server, misc, runner);
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
