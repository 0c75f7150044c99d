package org.jkeepalived.lvs.sync;

import java.util.EnumMap;
import java.util.Map;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;

/**
 * What there is to say of sync daemons. A reason, or what somebody else does again and again, is
 * said once. That there is no IPVS is said by whoever looks for it.
 */
final class SyncLog {

  private final LvsLog log;
  private final Map<SyncRole, String> refusals = new EnumMap<>(SyncRole.class);
  private final Map<SyncRole, String> strangers = new EnumMap<>(SyncRole.class);

  SyncLog(LvsLog log) {
    this.log = log;
  }

  void started(RunningSync daemon) {
    if (refusals.remove(daemon.role()) != null) {
      log.info(of(daemon.role()) + " runs on " + daemon.interfaceName() + " now");
    }
  }

  void cannotStart(RunningSync daemon, KernelError error) {
    refused(
        daemon.role(),
        "start " + of(daemon.role()) + " on " + daemon.interfaceName() + ": " + error.text(),
        error);
  }

  void cannotStop(SyncRole role, KernelError error) {
    refused(role, "stop " + of(role) + ": " + error.text(), error);
  }

  private void refused(SyncRole role, String what, KernelError error) {
    if (error.number() != 0 && !what.equals(refusals.put(role, what))) {
      log.error("IPVS: cannot " + what);
    }
  }

  /** Its link has gone, and another one has that name now. */
  void linkReturned(RunningSync daemon) {
    log.info(
        "Interface "
            + daemon.interfaceName()
            + " has come again: "
            + of(daemon.role())
            + " is started anew");
  }

  /** It is as it was left: the next change is news. */
  void isFine(SyncRole role) {
    strangers.remove(role);
  }

  /** It is not as it was left. */
  void changed(SyncRole role, boolean ran, boolean runs) {
    String what = !runs ? "was stopped" : ran ? "was changed" : "was started";
    if (!what.equals(strangers.put(role, what))) {
      log.warning(of(role) + " " + what + " by somebody else, putting it right");
    }
  }

  private static String of(SyncRole role) {
    return "sync daemon (" + role.text() + ")";
  }
}
