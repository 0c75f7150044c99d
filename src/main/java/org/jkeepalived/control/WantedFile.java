package org.jkeepalived.control;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.linux.process.OwnProcess;

/**
 * The configuration file of the daemon that somebody means to ask, as a line's first word says it:
 * {@code file=%2Fetc%2Fx.conf}, encoded as in a URL, for names may have blanks.
 */
public final class WantedFile {

  private static final String PREFIX = "file=";

  private WantedFile() {}

  /**
   * The line that only a daemon obeys that runs with this file.
   *
   * @param file absolute
   */
  public static String before(String line, Path file) {
    String name = URLEncoder.encode(file.normalize().toString(), StandardCharsets.UTF_8);
    return PREFIX + name + " " + line;
  }

  static boolean isSaidBy(String word) {
    return word.startsWith(PREFIX);
  }

  /**
   * Why nothing is to be done of a line.
   *
   * @param word its first
   * @param own the daemon's configuration file
   * @return empty where the two are one
   */
  static Optional<String> hindrance(String word, Path own) {
    try {
      String wanted = URLDecoder.decode(word.substring(PREFIX.length()), StandardCharsets.UTF_8);
      return isSame(Path.of(wanted).normalize(), own.normalize())
          ? Optional.empty()
          : Optional.of(
              "Nothing is asked of this daemon (process "
                  + OwnProcess.id()
                  + "): it runs with "
                  + own
                  + ", not with "
                  + wanted
                  + "; another daemon is reached by its pid file, -p PIDFILE");
    } catch (IllegalArgumentException e) {
      return Optional.of("No name of a file: " + word);
    }
  }

  private static boolean isSame(Path wanted, Path own) {
    if (wanted.equals(own)) {
      return true;
    }
    try {
      // by a link, perhaps
      return wanted.isAbsolute() && Files.isSameFile(wanted, own);
    } catch (IOException notThere) {
      return false;
    }
  }
}
