package org.jkeepalived.log;

import java.util.Optional;

/**
 * A syslog facility that {@code -S} can name.
 *
 * @param code the facility's number in RFC 5424, table 1: 1 (user), 3 (daemon) or 16 to 23 (local0
 *     to local7)
 */
public record Facility(int code) {

  public static final Facility USER = new Facility(1);
  public static final Facility DAEMON = new Facility(3);

  private static final int LOCAL0 = 16;
  private static final int LOCALS = 8;

  public Facility {
    boolean local = code >= LOCAL0 && code < LOCAL0 + LOCALS;
    if (code != 1 && code != 3 && !local) {
      throw new IllegalArgumentException("no facility for -S: " + code);
    }
  }

  /** {@code 0} to {@code 7}, {@code local0} to {@code local7}, {@code user} or {@code daemon}. */
  public static Optional<Facility> parse(String text) {
    return switch (text) {
      case "user" -> Optional.of(USER);
      case "daemon" -> Optional.of(DAEMON);
      default -> local(text.startsWith("local") ? text.substring("local".length()) : text);
    };
  }

  private static Optional<Facility> local(String digit) {
    boolean valid = digit.length() == 1 && digit.charAt(0) >= '0' && digit.charAt(0) <= '7';
    return valid ? Optional.of(new Facility(LOCAL0 + digit.charAt(0) - '0')) : Optional.empty();
  }
}
