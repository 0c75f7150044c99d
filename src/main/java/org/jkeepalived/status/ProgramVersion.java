package org.jkeepalived.status;

import java.util.Optional;

/** What the program calls itself in its first log line and under {@code -v}. */
public final class ProgramVersion {

  /**
   * The release of keepalived whose configuration and behaviour this program has. Programs that
   * watch keepalived take it from the second word of what {@code -v} prints.
   */
  public static final String COMPATIBLE_WITH = "2.4.3";

  private ProgramVersion() {}

  /**
   * Such as {@code Jkeepalived v2.4.3 (jkeepalived 0.1.0)}: what it behaves like, and the number
   * that the package was built as.
   */
  public static String text() {
    return text("Jkeepalived");
  }

  /**
   * The same for somebody who has asked for another program, as programs do that know keepalived:
   * {@code Keepalived v2.4.3 (jkeepalived 0.1.0)}.
   */
  public static String textAsKeepalived() {
    return text("Keepalived");
  }

  private static String text(String name) {
    return name + " v" + COMPATIBLE_WITH + " (jkeepalived " + own() + ")";
  }

  /** The number that the package was built as, such as {@code 0.1.0}. */
  public static String own() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(version).orElse("0-unpackaged");
  }
}
