package org.jkeepalived.log;

import java.util.List;

/**
 * Which of keepalived's processes would have written a line: operators filter by these identifiers.
 *
 * <p>The name of the logger decides, so that no caller has to think of it: {@code
 * org.jkeepalived.vrrp.Anything} logs as {@code Keepalived_vrrp}.
 */
public enum KeepalivedProcess {
  PARENT("Keepalived", "", List.of()),
  VRRP(
      "Keepalived_vrrp",
      "_vrrp",
      List.of(
          "vrrp", "link", "track", "notify", "script", "kernel", "host", "loop", "control",
          "linux")),
  CHECKERS(
      "Keepalived_healthcheckers",
      "_healthcheckers",
      List.of("lvs", "host.lvs", "linux.netlink.ipvs")),
  BFD("Keepalived_bfd", "_bfd", List.of("bfd"));

  private static final String ROOT = "org.jkeepalived.";
  private static final List<KeepalivedProcess> ALL = List.of(values());

  private final String identifier;
  private final String fileInfix;
  private final List<String> packages;

  KeepalivedProcess(String identifier, String fileInfix, List<String> packages) {
    this.identifier = identifier;
    this.fileInfix = fileInfix;
    this.packages = packages;
  }

  /** The syslog identifier, without the suffix of a network namespace or an instance. */
  public String identifier() {
    return identifier;
  }

  /** What {@code -g FILE} has inserted before its last dot for this process. */
  public String fileInfix() {
    return fileInfix;
  }

  /**
   * The process that a logger's name belongs to: {@link #PARENT} if none other claims it; a room
   * within another one counts by itself.
   */
  public static KeepalivedProcess ofLogger(String loggerName) {
    KeepalivedProcess found = PARENT;
    int longest = 0;
    if (loggerName.startsWith(ROOT)) {
      for (KeepalivedProcess process : ALL) {
        for (String room : process.packages) {
          if (room.length() > longest && inRoom(loggerName, room)) {
            found = process;
            longest = room.length();
          }
        }
      }
    }
    return found;
  }

  private static boolean inRoom(String loggerName, String room) {
    int end = ROOT.length() + room.length();
    return loggerName.startsWith(room, ROOT.length())
        && (loggerName.length() == end || loggerName.charAt(end) == '.');
  }
}
