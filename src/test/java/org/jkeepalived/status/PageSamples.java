package org.jkeepalived.status;

import java.util.List;

/** What pages are tried with outside of this room. */
public final class PageSamples {

  private PageSamples() {}

  /** A master, a backup, a faulty one, and a transition whose cause would be markup. */
  public static Snapshot vrrp() {
    return Samples.three()
        .remembering(
            List.of(
                new StateChange(
                    LvsSamples.NOW, "VI_1", "BACKUP", "MASTER", "<img src=x onerror=alert(1)>")));
  }

  /** A virtual server with a real server that is down. */
  public static Snapshot lvs() {
    return LvsSamples.eventful();
  }
}
