package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckTimes;
import org.jkeepalived.model.lvs.ServerAddress;

/** What stands in every check that connects to something: whom, and from where. */
final class ConnectionKeywords {

  private static final int LONGEST_LINK = 15;
  private static final Argument<Integer> PORT = Argument.integer(1, 0xFFFF);

  private ConnectionKeywords() {}

  /** A check that connects. */
  abstract static class ConnectingDraft extends CheckDraft {
    private Optional<InetAddress> address = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private Optional<InetAddress> source = Optional.empty();
    private int sourcePort;
    private Optional<String> link = Optional.empty();
    private long mark;

    ConnectingDraft(RealServerDraft server) {
      super(server);
    }

    /** How it connects. */
    final CheckConnection connection() {
      int standard =
          server.address.port() == 0
              ? server.service.head.address().map(ServerAddress::port).orElse(0)
              : server.address.port();
      return new CheckConnection(
          new ServerAddress(address.orElse(server.address.address()), port.orElse(standard)),
          source,
          sourcePort,
          link,
          mark,
          inherited().timeoutNanos.orElse(CheckTimes.STANDARD.timeoutNanos()));
    }
  }

  static <D extends ConnectingDraft> List<Keyword<D>> table() {
    List<Keyword<D>> table = new ArrayList<>(CheckKeywords.<D>common());
    table.add(TimingKeywords.connectTimeoutOfChecks());
    table.add(
        Keyword.<D>custom("connect_ip", Arity.REQUIRED, "ADDRESS", ConnectionKeywords::target)
            .standardInWords("the real server's address")
            .doc("whom to ask"));
    table.add(
        Keyword.<D, Integer>value("connect_port", PORT, (d, n) -> port(d, n))
            .complains("Invalid checker connect_port '{value}'")
            .standardInWords("the real server's port")
            .doc("the port to ask"));
    table.add(
        Keyword.<D>custom("bindto", Arity.REQUIRED, "ADDRESS", ConnectionKeywords::source)
            .standardInWords("what the kernel chooses")
            .doc("the address to ask from"));
    table.add(
        Keyword.<D, Integer>value("bind_port", PORT, (d, n) -> sourcePort(d, n))
            .complains("Invalid checker bind_port '{value}'")
            .standardInWords("what the kernel chooses")
            .doc("the port to ask from"));
    table.add(
        Keyword.<D>custom("bind_if", Arity.REQUIRED, "LINK", ConnectionKeywords::link)
            .standardInWords("what the kernel chooses")
            .doc("the link to ask through"));
    table.add(
        Keyword.<D, Long>value("fwmark", Argument.unsigned(), (d, n) -> mark(d, n))
            .complains("Invalid fwmark connection value '{value}'")
            .standard("0")
            .doc("the mark of the packets that ask"));
    return table;
  }

  private static void port(ConnectingDraft draft, int port) {
    draft.port = Optional.of(port);
  }

  private static void sourcePort(ConnectingDraft draft, int port) {
    draft.sourcePort = port;
  }

  private static void mark(ConnectingDraft draft, long mark) {
    draft.mark = mark;
  }

  private static void target(Statement statement, ConnectingDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> address = ServerWords.address(word.text());
    if (address.isEmpty()) {
      report.warn(
          word, "bad-connect-ip", "Invalid connect_ip address " + word.text() + " - ignoring");
    } else if (draft.source.isPresent() && differ(address.get(), draft.source.get())) {
      mismatch(word, "bindto", report);
    } else {
      draft.address = address;
    }
  }

  private static void source(Statement statement, ConnectingDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> address = ServerWords.address(word.text());
    InetAddress target = draft.address.orElse(draft.server.address.address());
    if (address.isEmpty()) {
      report.warn(word, "bad-bindto", "Invalid bindto address " + word.text() + " - ignoring");
    } else if (differ(address.get(), target)) {
      mismatch(word, "connect_ip", report);
    } else {
      draft.source = address;
    }
  }

  private static boolean differ(InetAddress one, InetAddress other) {
    return AddressFamily.of(one) != AddressFamily.of(other);
  }

  private static void mismatch(Token word, String other, GrammarReport report) {
    report.warn(
        word,
        "family-mismatch",
        (other.equals("bindto") ? "connect_ip" : "bindto")
            + " address "
            + word.text()
            + " does not match address family of "
            + other
            + " - skipping");
  }

  private static void link(Statement statement, ConnectingDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (word.text().length() > LONGEST_LINK) {
      report.warn(word, "bad-bind-if", "Interface name " + word.text() + " is too long - ignoring");
    } else {
      draft.link = Optional.of(word.text());
    }
  }
}
