package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.routing.Encapsulation;
import org.jkeepalived.model.routing.NextHop;

/** What leads a route on: what is said of its only way, or after each {@code nexthop}. */
final class NextHopWords {

  private static final int MOST_WEIGHT = 256;
  private static final int MOST_REALM = 0xFFFF;

  private final RoutingWords words;
  private final IprouteNames names;

  Optional<InetAddress> gateway = Optional.empty();
  Optional<Token> device = Optional.empty();
  private int weight;
  private boolean onlink;
  private Optional<Encapsulation> encapsulation = Optional.empty();
  OptionalLong realms = OptionalLong.empty();

  NextHopWords(RoutingWords words, IprouteNames names) {
    this.words = words;
    this.names = names;
  }

  NextHop hop() {
    return new NextHop(
        gateway, device.map(Token::text).orElse(""), weight, onlink, encapsulation, realms);
  }

  /** Reads what stands after an option of its; whether it is one. */
  boolean read(String option) {
    switch (option) {
      case "via" -> via();
      case "dev", "oif" -> words.argument().ifPresent(word -> device = Optional.of(word));
      case "onlink" -> onlink = true;
      case "encap" -> encapsulation = new EncapsulationWords(words, names).read();
      case "realms" -> words.argument().ifPresent(this::realms);
      default -> {
        return false;
      }
    }
    return true;
  }

  void via() {
    if (!words.skip("inet")) {
      words.skip("inet6");
    }
    gateway = words.address("invalid route via address {value}");
  }

  private void realms(Token word) {
    realms = RealmWords.read(word.text(), names);
    if (realms.isEmpty()) {
      words.drop(
          word,
          "Invalid realms " + word.text() + " for route",
          names.remedy(IprouteNames.File.REALMS));
    }
  }

  /**
   * Reads all next hops, from behind the first {@code nexthop} to the end of the line.
   *
   * @param devices takes the words that name links
   */
  static List<NextHop> readAll(RoutingWords words, IprouteNames names, List<Token> devices) {
    List<NextHop> hops = new ArrayList<>();
    boolean goesOn = true;
    while (words.isUsable() && goesOn) {
      NextHopWords hop = new NextHopWords(words, names);
      goesOn = hop.readOne();
      hop.device.ifPresent(devices::add);
      hops.add(hop.hop());
    }
    return hops;
  }

  /** Whether another one follows. */
  private boolean readOne() {
    while (words.hasNext()) {
      Token option = words.next();
      if (option.is("nexthop")) {
        return true;
      }
      if (option.is("weight")) {
        weight();
      } else if (!read(option.text())) {
        words.warn(option, "Route has trailing nonsense after nexthops - " + option.text());
        words.skipRest();
        return false;
      }
    }
    return false;
  }

  private void weight() {
    Optional<Token> word = words.argument();
    if (word.isEmpty()) {
      return;
    }
    String wrong = "Invalid weight {value} specified for route";
    words
        .number(word.get(), Argument.integer(0, MOST_WEIGHT), wrong)
        .ifPresent(
            value -> {
              weight = value;
              if (value == 0) {
                words.drop(word.get(), wrong.replace("{value}", word.get().text()));
              }
            });
  }

  /** {@code realms FROM/TO}, or of the destination alone. */
  static final class RealmWords {

    private RealmWords() {}

    static OptionalLong read(String text, IprouteNames names) {
      String[] both = text.split("/", 2);
      OptionalLong first = names.number(IprouteNames.File.REALMS, both[0], MOST_REALM);
      if (both.length == 1 || first.isEmpty()) {
        return first;
      }
      OptionalLong second = names.number(IprouteNames.File.REALMS, both[1], MOST_REALM);
      return second.isEmpty()
          ? second
          : OptionalLong.of(first.getAsLong() << Short.SIZE | second.getAsLong());
    }
  }
}
