package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** The keywords of {@code jkeepalived} about who looks after the daemon. */
final class OversightKeywords {

  /** That of keepalived's exporters, by Prometheus' list of ports. */
  private static final int HTTP_PORT = 9165;

  private static final int MOST_PORT = 65_535;

  private OversightKeywords() {}

  static List<Keyword<GlobalDraft>> ownTable() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "watchdog_device", Arity.REQUIRED, "PATH", OversightKeywords::device)
            .standardInWords("none")
            .doc(
                "the watchdog, such as /dev/watchdog, that is fed while VRRP's thread answers, and"
                    + " resets the machine otherwise; opened at the start"),
        Keyword.<GlobalDraft>custom(
                "log_format", Arity.REQUIRED, "plain|json", OversightKeywords::format)
            .standard("plain")
            .doc(
                "json: lines of the console, of log files and for syslog are JSON objects with the"
                    + " fields that the journal gets in any case"),
        Keyword.<GlobalDraft>custom(
                "http_address", Arity.REQUIRED, "ADDRESS [PORT]", OversightKeywords::http)
            .standardInWords("none, no port is open; of PORT: " + HTTP_PORT)
            .doc(
                "where pages for browsers (/) and figures for Prometheus (/metrics) can be read by"
                    + " whoever reaches it: 127.0.0.1 for this machine alone; it has no password"
                    + " and no TLS"));
  }

  private static void http(Statement statement, GlobalDraft g, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> address = Addresses.ip(word.text());
    if (address.isEmpty() || address.get().isMulticastAddress()) {
      report.warn(
          word,
          "bad-http-address",
          "http_address '" + word.text() + "' is no address of a machine - ignoring");
      return;
    }
    OptionalInt port = OptionalInt.of(HTTP_PORT);
    if (statement.arguments().size() > 1) {
      Token number = statement.arguments().get(1);
      port = port(number.text());
      if (port.isEmpty()) {
        report.warn(
            number,
            "bad-http-address",
            "http_address port '" + number.text() + "' is not in range [1, 65535] - ignoring");
        return;
      }
    }
    if (!address.get().isLoopbackAddress()) {
      report.aside(
          word,
          "open-http-address",
          "http_address "
              + word.text()
              + " is not loopback: whoever reaches port "
              + port.getAsInt()
              + " there can read how everything is",
          "let a firewall say who may, or have a proxy ask for a password in front of 127.0.0.1");
    }
    g.http = Optional.of(new InetSocketAddress(address.get(), port.getAsInt()));
  }

  private static OptionalInt port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(text);
    return number >= 1 && number <= MOST_PORT ? OptionalInt.of(number) : OptionalInt.empty();
  }

  private static void device(Statement statement, GlobalDraft g, GrammarReport report) {
    Token path = statement.arguments().get(0);
    if (path.text().startsWith("/")) {
      g.watchdogDevice = Optional.of(path.text());
    } else {
      report.warn(
          path,
          "bad-watchdog",
          "watchdog_device '" + path.text() + "' is no absolute path - ignoring");
    }
  }

  private static void format(Statement statement, GlobalDraft g, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (word.is("json") || word.is("plain")) {
      g.jsonLog = word.is("json");
    } else {
      report.warn(
          word,
          "bad-log-format",
          "log_format '" + word.text() + "' is neither plain nor json - ignoring");
    }
  }
}
