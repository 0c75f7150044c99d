package org.jkeepalived.cli;

import java.util.Map;
import org.jkeepalived.status.ProgramVersion;

/** What {@code -v} prints: keepalived's layout, with what there is to say of this program. */
final class VersionText {

  private VersionText() {}

  /** The name by which the launcher was called. */
  private static final String NAME = "JKEEPALIVED_NAME";

  /**
   * @param environment the process's
   */
  static String text(Map<String, String> environment) {
    boolean isKeepalived = environment.getOrDefault(NAME, "").equals("keepalived");
    return String.join(
        "\n",
        isKeepalived ? ProgramVersion.textAsKeepalived() : ProgramVersion.text(),
        "",
        "A drop-in replacement for keepalived, compatible with keepalived "
            + ProgramVersion.COMPATIBLE_WITH,
        "",
        "Running on " + property("os.name") + " " + property("os.version"),
        "Java: " + property("java.vm.name") + " " + property("java.runtime.version"),
        "",
        // programs look for what they need of keepalived here
        "configure options: --enable-json --enable-regex --with-init=systemd",
        "",
        "Licence: Apache-2.0; keepalived itself is not part of this program",
        "");
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown " + name);
  }
}
