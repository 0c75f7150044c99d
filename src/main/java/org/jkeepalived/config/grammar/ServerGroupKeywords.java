package org.jkeepalived.config.grammar;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.ServerGroup;

/** {@code virtual_server_group}: lines of addresses, ranges of addresses, and firewall marks. */
final class ServerGroupKeywords {

  private static final Argument<Long> MARK = Argument.unsigned();
  static final Map<String, AddressFamily> FAMILIES =
      Map.of("inet", AddressFamily.IPV4, "inet6", AddressFamily.IPV6);

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(
              "virtual_server_group",
              Keyword.Arity.NAMED_BLOCK,
              "NAME",
              (statement, globals, report) ->
                  new ServerGroupKeywords(statement.arguments().get(0).text(), report)
                      .read(statement, globals))
          .doc("addresses and firewall marks that share their real servers");

  private final String name;
  private final GrammarReport report;
  private final List<ServerGroup.Range> ranges = new ArrayList<>();
  private final List<ServerGroup.Mark> marks = new ArrayList<>();

  private ServerGroupKeywords(String name, GrammarReport report) {
    this.name = name;
    this.report = report;
  }

  private void read(Statement statement, GlobalDraft globals) {
    statement.block().stream().flatMap(b -> b.statements().stream()).forEach(this::line);
    if (ranges.isEmpty() && marks.isEmpty()) {
      Token end = statement.block().flatMap(Statement.Block::close).orElse(statement.keyword());
      report.warn(
          end, "empty-group", "virtual server group " + name + " has no entries - removing");
      return;
    }
    // COMPAT: of two with the same name the first counts
    if (globals.director.groups.putIfAbsent(name, new ServerGroup(name, ranges, marks)) != null) {
      report.aside(
          statement.arguments().get(0),
          "duplicate-name",
          "virtual_server_group " + name + " is already defined - the first one counts");
    }
  }

  private void line(Statement statement) {
    if (!statement.keyword().is("fwmark")) {
      range(statement.words()).ifPresent(ranges::add);
    } else if (Block.wellFormed(statement, Keyword.Arity.REQUIRED, report)) {
      mark(statement.arguments());
    }
  }

  private void mark(List<Token> words) {
    Token word = words.get(0);
    Argument.Parsed<Long> parsed = MARK.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      report.warn(
          word,
          "bad-fwmark",
          "(" + name + "): fwmark '" + word.text() + "' must be in [0, 4294967295] - ignoring");
    } else if (words.size() > 1 && !FAMILIES.containsKey(words.get(1).text())) {
      report.warn(
          words.get(1),
          "bad-fwmark",
          "("
              + name
              + "): fwmark '"
              + word.text()
              + "' family "
              + words.get(1).text()
              + " unknown - ignoring");
    } else {
      Optional<AddressFamily> family =
          words.stream().skip(1).findFirst().map(Token::text).map(FAMILIES::get);
      marks.add(new ServerGroup.Mark(parsed.value().get(), family));
    }
  }

  private Optional<ServerGroup.Range> range(List<Token> words) {
    Token word = words.get(0);
    String text = word.text();
    int dash = text.indexOf('-');
    if (text.contains("/")) {
      return complain(word, "Address mask bits not empty - " + text + " - skipping");
    }
    Optional<InetAddress> first = ServerWords.address(dash < 0 ? text : text.substring(0, dash));
    Optional<Integer> port =
        words.size() < 2
            ? Optional.of(0)
            : first.flatMap(a -> ServerWords.port(words.get(1), report));
    if (first.isEmpty() || port.isEmpty()) {
      return invalid(words);
    }
    Optional<Long> count =
        dash < 0 ? Optional.of(1L) : count(first.get(), text.substring(dash + 1), words);
    return count.map(n -> new ServerGroup.Range(first.get(), n, port.get()));
  }

  /**
   * How many addresses there are up to the end of a range, which is an address or its last part.
   */
  private Optional<Long> count(InetAddress first, String end, List<Token> words) {
    Token word = words.get(0);
    boolean ipv4 = AddressFamily.of(first) == AddressFamily.IPV4;
    if (end.contains(".") || end.contains(":")) {
      Optional<InetAddress> last = ServerWords.address(end);
      if (last.isEmpty()) {
        return complain(word, "Invalid range end " + word.text() + " - skipping");
      }
      if (AddressFamily.of(last.get()) != AddressFamily.of(first)) {
        return invalid(words);
      }
      long more =
          number(last.get())
              .subtract(number(first))
              .min(BigInteger.valueOf(Integer.MAX_VALUE))
              .longValue();
      return more < 0 ? tooEarly(word, "less than") : Optional.of(more + 1);
    }
    int digits = 0;
    while (digits < end.length() && Character.digit(end.charAt(digits), ipv4 ? 10 : 16) >= 0) {
      digits++;
    }
    String range = "Virtual server group range '" + word.text() + "'";
    if (digits < end.length()) {
      return complain(word, range + " has extra characters at end '" + end.substring(digits) + "'");
    }
    BigInteger last = new BigInteger("0" + end, ipv4 ? 10 : 16);
    int most = ipv4 ? 0xFF : 0xFFFF;
    if (last.bitLength() > 32 || last.intValue() > most) {
      return complain(word, range + " end '" + end + "' too large");
    }
    int more = last.intValue() - (number(first).intValue() & most);
    return more <= 0 ? tooEarly(word, "not greater than") : Optional.of(more + 1L);
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private <V> Optional<V> tooEarly(Token word, String how) {
    return complain(
        word,
        "Address range end is " + how + " address range start - " + word.text() + " - skipping");
  }

  private <V> Optional<V> invalid(List<Token> words) {
    return complain(
        words.get(0),
        "Invalid virtual server group IP address "
            + ServerWords.written(words, " /port/")
            + " - skipping");
  }

  private <V> Optional<V> complain(Token word, String message) {
    report.warn(word, "bad-group-line", message);
    return Optional.empty();
  }
}
