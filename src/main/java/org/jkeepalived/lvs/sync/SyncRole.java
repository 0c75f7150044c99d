package org.jkeepalived.lvs.sync;

/** The two sync daemons that the kernel has, of each one at most. */
public enum SyncRole {
  /** Tells others of the connections of this machine. */
  MASTER("master"),
  /** Hears of the connections of another machine. */
  BACKUP("backup");

  private final String text;

  SyncRole(String text) {
    this.text = text;
  }

  /** As ipvsadm calls it. */
  public String text() {
    return text;
  }
}
