package org.jkeepalived.log;

/** Lines for tests. */
final class Lines {

  /** Thu Nov 19 21:33:46 2026, UTC. */
  static final long EPOCH_MILLIS = 1_795_124_026_000L;

  private Lines() {}

  static LogLine vrrp(String text) {
    return new LogLine(
        EPOCH_MILLIS,
        Priority.INFORMATIONAL,
        KeepalivedProcess.VRRP,
        "Keepalived_vrrp_blue_I1",
        "org.jkeepalived.vrrp.Router",
        text);
  }

  static LogLine parent(Priority priority, String text) {
    return new LogLine(
        EPOCH_MILLIS,
        priority,
        KeepalivedProcess.PARENT,
        "Keepalived",
        "org.jkeepalived.Main",
        text);
  }
}
