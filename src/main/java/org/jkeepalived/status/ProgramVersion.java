package org.jkeepalived.status;

import java.util.Optional;

/** What the program calls itself in its first log line and under {@code -v}. */
public final class ProgramVersion {

  /** The release of keepalived whose configuration and behaviour this program has. */
  public static final String COMPATIBLE_WITH = "keepalived 2.4";

  private ProgramVersion() {}

  /** Such as {@code Jkeepalived v0.1.0}: the name and the number that the package was built as. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return "Jkeepalived v" + Optional.ofNullable(version).orElse("0-unpackaged");
  }
}
