package org.jkeepalived.host.lvs.check;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.CheckConnection;

/** What is said of a check's connection. */
final class ConnectionWords {

  /** All ports of this machine are taken that could reach the server: EADDRNOTAVAIL. */
  static final String NO_PORT =
      "no local port is free towards it: too many checks of one server"
          + " (net.ipv4.ip_local_port_range; check_once)";

  private static final int MOST_REASON = 160;

  private ConnectionWords() {}

  /** From which address it speaks; that of nobody where the kernel may choose. */
  static InetAddress sourceAddress(CheckConnection connection) {
    return connection
        .source()
        .orElseGet(() -> anyAddress(connection.target().family() == AddressFamily.IPV6));
  }

  private static InetAddress anyAddress(boolean six) {
    try {
      return InetAddress.getByAddress(new byte[six ? 16 : 4]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code no answer within 3 s}. */
  static String noAnswer(CheckConnection connection) {
    return "no answer within "
        + BigDecimal.valueOf(connection.timeoutNanos(), 9).stripTrailingZeros().toPlainString()
        + " s";
  }

  /** A text as the end of a line, not too long. */
  static String sentence(String text) {
    String first = text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    return first.length() > MOST_REASON ? first.substring(0, MOST_REASON) + "..." : first;
  }
}
