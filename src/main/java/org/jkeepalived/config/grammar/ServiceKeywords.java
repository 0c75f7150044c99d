package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Persistence;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Scheduler;

/** The keywords of a virtual server that tell the kernel how to balance. */
final class ServiceKeywords {

  private static final int MOST_PERSISTENCE_SECONDS = 2_678_400;
  private static final Argument<Long> MASK = Argument.unsigned();
  private static final Argument<Long> PREFIX = Argument.integer(1, 128).map(Integer::longValue);

  private ServiceKeywords() {}

  static List<Keyword<VirtualServerDraft>> table() {
    List<Keyword<VirtualServerDraft>> table = new ArrayList<>();
    table.add(
        Keyword.<VirtualServerDraft>custom(
                "ip_family", Arity.REQUIRED, "inet|inet6", ServiceKeywords::family)
            .standardInWords("that of the first real server")
            .doc("the family of a service that is known by a firewall mark"));
    table.add(
        Keyword.<VirtualServerDraft>custom(
                "protocol", Arity.REQUIRED, "TCP|UDP|SCTP", ServiceKeywords::protocol)
            .standard("UDP")
            .doc("what the service is spoken over"));
    table.add(
        Keyword.<VirtualServerDraft>custom(
                "lvs_sched",
                Arity.REQUIRED,
                String.join("|", Scheduler.names()),
                ServiceKeywords::scheduler)
            .standard("wlc")
            .doc("how a real server is chosen"));
    table.add(
        Keyword.<VirtualServerDraft>custom(
                "lb_algo",
                Arity.REQUIRED,
                String.join("|", Scheduler.names()),
                ServiceKeywords::scheduler)
            .oldSpellingOf("lvs_sched")
            .doc("how a real server is chosen"));
    for (int number = 1; number <= 3; number++) {
      int bit = 1 << number - 1;
      table.add(
          Keyword.<VirtualServerDraft>flag("flag-" + number, d -> d.schedulerFlags |= bit)
              .doc("flag " + number + " of the scheduler"));
    }
    table.add(hashing("sh-fallback", 1, "sh takes another server when the first is not there"));
    table.add(hashing("sh-port", 2, "sh looks at the source's port, too"));
    table.add(hashing("mh-fallback", 1, "mh takes another server when the first is not there"));
    table.add(hashing("mh-port", 2, "mh looks at the source's port, too"));
    table.add(hashing("hashed", 1, "flag 1 of the scheduler").oldSpellingOf("flag-1"));
    table.add(
        Keyword.<VirtualServerDraft>flag("ops", d -> d.onePacket = true)
            .doc("balance each datagram by itself"));
    table.add(forwarding("lvs_method"));
    table.add(forwarding("lb_kind").oldSpellingOf("lvs_method"));
    table.addAll(persistence());
    return table;
  }

  private static List<Keyword<VirtualServerDraft>> persistence() {
    return List.of(
        new Keyword.Value<VirtualServerDraft, Integer>(
                "persistence_timeout",
                Arity.OPTIONAL,
                Argument.integer(1, MOST_PERSISTENCE_SECONDS),
                Optional.of(Persistence.STANDARD_SECONDS),
                (d, n) -> d.persistenceSeconds = Optional.of(n))
            .complains("persistence_timeout invalid")
            .standardInWords("clients are not bound to their server")
            .doc("seconds for which a client is bound to its server"),
        Keyword.<VirtualServerDraft>custom(
                "persistence_granularity",
                Arity.REQUIRED,
                "NETMASK | LENGTH",
                ServiceKeywords::granularity)
            .standardInWords("each by itself")
            .doc("which clients count as one"),
        Keyword.<VirtualServerDraft>custom(
                "persistence_engine",
                Arity.REQUIRED,
                "NAME",
                (statement, d, report) ->
                    d.persistenceEngine = Optional.of(statement.arguments().get(0).text()))
            .standardInWords("the source's address")
            .doc("what tells clients apart, such as sip"));
  }

  /** COMPAT: keepalived looks whether it is one of the two, and takes the flag of the other. */
  private static Keyword<VirtualServerDraft> hashing(String name, int bit, String documentation) {
    return Keyword.<VirtualServerDraft>custom(
            name,
            Arity.FLAG,
            Values.NONE,
            (statement, draft, report) -> {
              if (draft.scheduler.filter(Scheduler::hashesSources).isPresent()) {
                draft.schedulerFlags |= bit;
              } else {
                report.warn(
                    statement.keyword(),
                    "bad-scheduler-flag",
                    name
                        + " only applies to "
                        + (name.startsWith("mh") ? "mh" : "sh")
                        + " scheduler - ignoring");
              }
            })
        .doc(documentation);
  }

  private static Keyword<VirtualServerDraft> forwarding(String name) {
    return Keyword.<VirtualServerDraft>custom(
            name,
            Arity.REQUIRED,
            ForwardingLine.SYNTAX,
            (statement, draft, report) ->
                ForwardingLine.read(statement.arguments(), "virtual server", report)
                    .ifPresent(read -> draft.forwarding = Optional.of(read)))
        .standard("NAT")
        .doc("how packets reach the real servers");
  }

  private static void family(Statement statement, VirtualServerDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<AddressFamily> family =
        Optional.ofNullable(ServerGroupKeywords.FAMILIES.get(word.text()));
    if (family.isEmpty()) {
      report.warn(word, "bad-ip-family", "unknown address family " + word.text());
    } else if (draft.family.isPresent() && !draft.family.equals(family)) {
      report.warn(
          word,
          "family-mismatch",
          "Virtual server specified family " + word.text() + " conflicts with server family");
    } else {
      draft.family = family;
    }
  }

  private static void protocol(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    switch (word.text().toUpperCase(Locale.ROOT)) {
      case "TCP" -> draft.protocol = Optional.of(Protocol.TCP);
      case "UDP" -> draft.protocol = Optional.of(Protocol.UDP);
      case "SCTP" -> draft.protocol = Optional.of(Protocol.SCTP);
      default ->
          report.warn(word, "bad-protocol", "Unknown protocol " + word.text() + " - ignoring");
    }
  }

  private static void scheduler(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<Scheduler> scheduler = Scheduler.of(word.text());
    if (scheduler.isEmpty()) {
      report.warn(word, "bad-scheduler", "Invalid lvs_scheduler '" + word.text() + "' - ignoring");
    } else {
      draft.scheduler = scheduler;
    }
  }

  /** A mask where the service is IPv4, a length where it is IPv6 or not known yet. */
  private static void granularity(
      Statement statement, VirtualServerDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> dotted = Addresses.ipv4(word.text());
    boolean ipv4 = draft.family.map(one -> one == AddressFamily.IPV4).orElse(dotted.isPresent());
    Argument.Parsed<Long> parsed =
        ipv4
            ? dotted.map(mask -> Argument.Parsed.of(bits(mask))).orElseGet(() -> bare(word, report))
            : PREFIX.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      report.warn(
          word,
          "bad-persistence-granularity",
          "Invalid IPv" + (ipv4 ? 4 : 6) + " persistence_granularity specified - " + word.text());
    } else {
      draft.persistenceGranularity = OptionalLong.of(parsed.value().get());
      draft.family = Optional.of(ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
    }
  }

  private static long bits(InetAddress mask) {
    long bits = 0;
    for (byte part : mask.getAddress()) {
      bits = bits << 8 | part & 0xFF;
    }
    return bits;
  }

  /** COMPAT: a number is the whole mask, as inet_aton(3) reads it, which nobody means. */
  private static Argument.Parsed<Long> bare(Token word, GrammarReport report) {
    Argument.Parsed<Long> number = MASK.parser().apply(word.text());
    if (number.value().isEmpty()) {
      return Argument.Parsed.wrong();
    }
    report.aside(
        word,
        "odd-mask",
        "persistence_granularity " + word.text() + " is a mask and no length of one",
        "write it as 255.255.255.0");
    return number;
  }
}
