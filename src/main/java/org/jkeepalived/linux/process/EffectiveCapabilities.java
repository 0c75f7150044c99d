package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process may do; see capabilities(7). */
public final class EffectiveCapabilities {

  public static final int CAP_NET_RAW = 13;

  private static final Pattern EFFECTIVE = Pattern.compile("\nCapEff:\t([0-9a-f]{16})\n");
  private static final int HEXADECIMAL = 16;

  private EffectiveCapabilities() {}

  /**
   * Whether this process has one.
   *
   * @param number such as {@link #CAP_NET_RAW}, 0 to 63
   * @return true where the kernel does not tell: what it then refuses says so itself
   */
  public static boolean have(int number) {
    try {
      Matcher line = EFFECTIVE.matcher(Files.readString(Path.of("/proc/self/status")));
      return !line.find()
          || (Long.parseUnsignedLong(line.group(1), HEXADECIMAL) >> number & 1) == 1;
    } catch (IOException withoutProc) {
      return true;
    }
  }
}
