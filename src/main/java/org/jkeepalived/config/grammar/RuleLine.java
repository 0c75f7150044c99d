package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Range;
import org.jkeepalived.model.routing.RoutePlace;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.RuleAction;
import org.jkeepalived.model.routing.RuleSelector;
import org.jkeepalived.model.routing.RuleTraffic;

/**
 * Reads one line of {@code virtual_rules} or {@code static_rules}: the words of ip-rule(8), in
 * full, in any order.
 */
final class RuleLine {

  /** What is to be written of a virtual rule; what iproute2 calls by several names has one here. */
  static final String SYNTAX =
      "[not] [from PREFIX] [to PREFIX] [iif LINK] [oif LINK] [fwmark MARK[/MASK]] [tos TOS]"
          + " [ipproto PROTOCOL] [sport FIRST-LAST] [dport FIRST-LAST] [uidrange FIRST-LAST]"
          + " [priority NUMBER] [table TABLE] [goto PRIORITY] [l3mdev] [nop] [blackhole]"
          + " [unreachable] [prohibit] [realms REALM] [suppress_prefixlength LENGTH]"
          + " [suppress_ifgroup GROUP] [protocol PROTOCOL] [inet|inet6] [no_track]";

  /** The same of a static one. */
  static final String STATIC_SYNTAX = SYNTAX + " [track_group GROUP]";

  private static final int BYTE = 255;
  private static final long MOST = 0xFFFF_FFFFL;
  private static final int MOST_PORT = 0xFFFF;

  private final RoutingWords words;
  private final RoutingDraft draft;
  private final IprouteNames names;
  private final boolean isStatic;

  private Optional<AddressFamily> family = Optional.empty();
  private boolean inverted;
  private Optional<Prefix> from = Optional.empty();
  private Optional<Prefix> to = Optional.empty();
  private int tos;
  private Optional<RuleSelector.Mark> mark = Optional.empty();
  private Optional<Token> input = Optional.empty();
  private Optional<Token> output = Optional.empty();
  private Optional<Range> users = Optional.empty();
  private OptionalInt transport = OptionalInt.empty();
  private Optional<Range> sourcePorts = Optional.empty();
  private Optional<Range> destinationPorts = Optional.empty();
  private OptionalLong priority = OptionalLong.empty();
  private Optional<RuleAction.Kind> action = Optional.empty();
  private long target;
  private OptionalLong realms = OptionalLong.empty();
  private OptionalInt suppressPrefixLength = OptionalInt.empty();
  private OptionalLong suppressGroup = OptionalLong.empty();
  private OptionalInt protocol = OptionalInt.empty();
  private boolean tracked = true;
  private Optional<String> group = Optional.empty();

  private RuleLine(Statement line, RoutingDraft draft, boolean isStatic, GrammarReport report) {
    words = new RoutingWords(line, report);
    this.draft = draft;
    names = draft.names();
    this.isStatic = isStatic;
  }

  /**
   * What a line said.
   *
   * @param devices the words that name links
   * @param group its {@code track_group}
   */
  record Result(RoutingRule rule, List<Token> devices, Optional<String> group) {}

  /**
   * Empty when the line is left out.
   *
   * @param draft knows the track groups, and the priority of a rule that names none
   * @param isStatic whether it may name a track group
   */
  static Optional<Result> read(
      Statement line, RoutingDraft draft, boolean isStatic, GrammarReport report) {
    RuleLine rule = new RuleLine(line, draft, isStatic, report);
    while (rule.words.hasNext()) {
      rule.read(rule.words.next());
    }
    return rule.words.isUsable() ? rule.complete() : Optional.empty();
  }

  private void read(Token word) {
    if (!readSelector(word) && !readTraffic(word) && !readAction(word) && !readManner(word)) {
      words.drop(word, "Unknown rule option " + word.text());
    }
  }

  private boolean readSelector(Token word) {
    switch (word.text()) {
      case "not" -> inverted = true;
      case "from" -> from = prefix("Invalid rule from address {value}");
      case "to" -> to = prefix("Invalid rule to address {value}");
      case "tos", "dsfield" ->
          words
              .named(
                  names, IprouteNames.File.TYPES_OF_SERVICE, BYTE, "TOS value {value} is invalid")
              .ifPresent(value -> tos = (int) value);
      case "fwmark" -> words.argument().ifPresent(this::readMark);
      case "preference", "priority", "order" ->
          words
              .anyBase("Invalid rule preference " + word.text() + " specified")
              .ifPresent(value -> priority = OptionalLong.of(value));
      case "inet" -> family = Optional.of(AddressFamily.IPV4);
      case "inet6" -> family = Optional.of(AddressFamily.IPV6);
      default -> {
        return false;
      }
    }
    return true;
  }

  private Optional<Prefix> prefix(String wrong) {
    return words.argument().flatMap(word -> words.prefix(word, wrong));
  }

  private void readMark(Token word) {
    String[] parts = word.text().split("/", 2);
    OptionalLong value = IprouteNames.parse(parts[0]);
    OptionalLong mask =
        parts.length == 1 ? OptionalLong.of(RuleSelector.Mark.ALL) : IprouteNames.parse(parts[1]);
    if (value.isEmpty() || mask.isEmpty() || value.getAsLong() > MOST || mask.getAsLong() > MOST) {
      words.drop(word, "Invalid rule fwmark " + word.text() + " specified");
    } else {
      mark = Optional.of(new RuleSelector.Mark(value.getAsLong(), mask.getAsLong()));
    }
  }

  private boolean readTraffic(Token word) {
    switch (word.text()) {
      case "iif", "dev" -> input = words.argument();
      case "oif" -> output = words.argument();
      case "uidrange" -> users = range(MOST, "Invalid uidrange " + word.text() + " specified");
      case "ipproto", "ip_proto" -> words.argument().ifPresent(this::readTransport);
      case "sport" -> sourcePorts = range(MOST_PORT, "invalid sport range {value}");
      case "dport" -> destinationPorts = range(MOST_PORT, "invalid dport range {value}");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readTransport(Token word) {
    OptionalLong number = names.transport(word.text(), BYTE);
    if (number.isEmpty()) {
      words.drop(word, "Invalid ipproto " + word.text());
    } else {
      transport = OptionalInt.of((int) number.getAsLong());
    }
  }

  private Optional<Range> range(long most, String wrong) {
    Optional<Token> word = words.argument();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String[] ends = word.get().text().split("-", 2);
    OptionalLong first = IprouteNames.parse(ends[0]);
    OptionalLong last = ends.length == 2 ? IprouteNames.parse(ends[1]) : OptionalLong.empty();
    if (first.isEmpty() || last.isEmpty() || first.getAsLong() > most || last.getAsLong() > most) {
      words.drop(word.get(), wrong.replace("{value}", word.get().text()));
      return Optional.empty();
    }
    return Optional.of(new Range(first.getAsLong(), last.getAsLong()));
  }

  private boolean readAction(Token word) {
    switch (word.text()) {
      case "table", "lookup" -> readTable(word);
      case "goto" ->
          words
              .number(Argument.unsigned(), "Invalid target " + word.text() + " specified")
              .ifPresent(value -> act(word, RuleAction.Kind.GOTO, value));
      case "l3mdev" -> act(word, RuleAction.Kind.L3MDEV, 0);
      case "nop" -> act(word, RuleAction.Kind.NOP, 0);
      case "type" -> words.argument().ifPresent(this::readType);
      case "blackhole", "unreachable", "prohibit" -> readType(word);
      case "nat", "unicast" -> words.drop(word, "Invalid rule action " + word.text());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readType(Token word) {
    switch (word.text()) {
      case "blackhole", "unreachable", "prohibit" ->
          act(word, RuleAction.Kind.valueOf(word.text().toUpperCase(Locale.ROOT)), 0);
      case "nat", "unicast" -> words.drop(word, "Invalid rule action " + word.text());
      default -> words.drop(word, "Unknown rule option " + word.text());
    }
  }

  private void readTable(Token word) {
    OptionalLong table =
        words.named(
            names, IprouteNames.File.TABLES, MOST, "Routing table {value} not found for rule");
    if (table.isPresent() && table.getAsLong() == 0) {
      words.drop(word, "Table 0 is not valid");
    } else if (table.isPresent()) {
      act(word, RuleAction.Kind.TABLE, table.getAsLong());
    }
  }

  private void act(Token word, RuleAction.Kind kind, long value) {
    if (action.isPresent()) {
      // COMPAT: keepalived names one more of them where it is to go somewhere
      words.drop(
          word,
          "Cannot specify more than one of table/nop/goto/blackhole/prohibit/unreachable"
              + (kind == RuleAction.Kind.GOTO ? "/l3mdev" : "")
              + " for rule");
    }
    action = Optional.of(kind);
    target = value;
  }

  private boolean readManner(Token word) {
    switch (word.text()) {
      case "realms" -> words.argument().ifPresent(this::readRealms);
      case "suppress_prefixlength" ->
          words
              .number(
                  Argument.integer(0, Integer.MAX_VALUE),
                  "Invalid suppress_prefixlength " + word.text() + " specified")
              .ifPresent(value -> suppressPrefixLength = OptionalInt.of(value));
      case "suppress_ifgroup" ->
          suppressGroup =
              words.named(
                  names, IprouteNames.File.GROUPS, MOST, "suppress_group {value} is invalid");
      case "protocol" ->
          words
              .named(names, IprouteNames.File.PROTOCOLS, BYTE, "Invalid protocol {value}")
              .ifPresent(value -> protocol = OptionalInt.of((int) value));
      case "no_track" -> tracked = false;
      case "track_group" -> {
        if (!isStatic) {
          return false;
        }
        words.argument().ifPresent(name -> group = draft.group(name, words));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readRealms(Token word) {
    realms = NextHopWords.RealmWords.read(word.text(), names);
    if (realms.isEmpty()) {
      words.drop(
          word,
          "invalid realms " + word.text() + " for rule",
          names.remedy(IprouteNames.File.REALMS));
    }
  }

  // ---- the whole line ----

  private Optional<Result> complete() {
    Token place = words.place();
    AddressFamily all = settleFamily();
    if (action.isEmpty()) {
      words.drop(place, "No action specified for rule - ignoring");
    } else if (isMixed(from, all) || isMixed(to, all)) {
      words.drop(place, "rule specification has mixed IPv4 and IPv6");
    } else if (family.isPresent() && family.get() != all) {
      words.drop(
          place,
          all == AddressFamily.IPV4
              ? "inet6 specified for IPv4 rule"
              : "inet specified for IPv6 rule");
    } else if (all == AddressFamily.IPV6 && realms.isPresent()) {
      words.drop(place, "realms is only valid for IPv4");
    } else if (action.get() == RuleAction.Kind.GOTO
        && priority.isPresent()
        && priority.getAsLong() >= target) {
      words.drop(
          place, "Invalid rule - preference " + priority.getAsLong() + " >= goto target " + target);
    }
    return words.isUsable() ? Optional.of(result(all)) : Optional.empty();
  }

  /** {@code from all} is of either family. */
  private AddressFamily settleFamily() {
    return from.filter(RuleLine::isSome)
        .or(() -> to.filter(RuleLine::isSome))
        .map(Prefix::family)
        .or(() -> family)
        .or(() -> from.or(() -> to).map(Prefix::family))
        .orElse(AddressFamily.IPV4);
  }

  private static boolean isSome(Prefix prefix) {
    return prefix.length() > 0;
  }

  private static boolean isMixed(Optional<Prefix> prefix, AddressFamily all) {
    return prefix.filter(some -> isSome(some) && some.family() != all).isPresent();
  }

  private Result result(AddressFamily all) {
    if (priority.isEmpty()) {
      priority = OptionalLong.of(draft.nextPriority(all));
      words.warn(
          words.place(),
          "Rule has no preference specified - setting to "
              + priority.getAsLong()
              + ". This is probably not what you want.");
    }
    RouteTracking tracking = tracking();
    RoutingRule rule =
        new RoutingRule(
            new RuleSelector(inverted, from, to, tos, mark, traffic()),
            priority.getAsLong(),
            all,
            new RuleAction(
                action.orElseThrow(), target, realms, suppressPrefixLength, suppressGroup),
            protocol,
            tracking);
    List<Token> devices = new ArrayList<>();
    input.ifPresent(devices::add);
    output.ifPresent(devices::add);
    return new Result(rule, devices, group);
  }

  private RuleTraffic traffic() {
    return new RuleTraffic(
        input.map(Token::text).orElse(""),
        output.map(Token::text).orElse(""),
        users,
        transport,
        sourcePorts,
        destinationPorts);
  }

  private RouteTracking tracking() {
    if (group.isPresent() && input.isEmpty()) {
      words.warn(words.place(), "Static rule cannot have track_group if dev/iif not specified");
      group = Optional.empty();
    }
    if (!tracked) {
      return RouteTracking.NO;
    }
    if (protocol.isPresent() && protocol.getAsInt() != RoutePlace.KEEPALIVED) {
      words.warn(
          words.place(),
          "Rule cannot be tracked if protocol is not RTPROT_KEEPALIVED(18), resetting protocol");
    }
    protocol = OptionalInt.of(RoutePlace.KEEPALIVED);
    return RouteTracking.YES;
  }
}
