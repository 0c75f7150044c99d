package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Encapsulation;

/**
 * What stands after {@code encap}: {@code mpls LABEL[/LABEL]}, {@code ip}, {@code ip6}, {@code
 * ila}.
 */
final class EncapsulationWords {

  private static final int MOST_LABELS = 16;
  private static final int MOST_LABEL = 0xFFFFF;
  private static final int BYTE = 255;
  private static final int GROUPS_OF_LOCATOR = 4;

  private final RoutingWords words;
  private final IprouteNames names;

  EncapsulationWords(RoutingWords words, IprouteNames names) {
    this.words = words;
    this.names = names;
  }

  /** Empty where it is wrong, and the line is left out. */
  Optional<Encapsulation> read() {
    Optional<Token> type = words.argument();
    if (type.isEmpty()) {
      return Optional.empty();
    }
    return switch (type.get().text()) {
      case "mpls" -> words.argument().flatMap(this::mpls);
      case "ip" -> new Tunnel(AddressFamily.IPV4).read();
      case "ip6" -> new Tunnel(AddressFamily.IPV6).read();
      case "ila" -> words.argument().flatMap(this::ila);
      default -> {
        words.drop(type.get(), "Unknown encap type - " + type.get().text());
        yield Optional.empty();
      }
    };
  }

  private Optional<Encapsulation> mpls(Token word) {
    List<Integer> labels = new ArrayList<>();
    for (String label : word.text().split("/", -1)) {
      OptionalLong number = IprouteNames.parse(label);
      if (number.isEmpty() || number.getAsLong() > MOST_LABEL || labels.size() == MOST_LABELS) {
        words.drop(word, "invalid mpls address " + word.text() + " for encapsulation");
        return Optional.empty();
      }
      labels.add((int) number.getAsLong());
    }
    return Optional.of(new Encapsulation.Mpls(labels));
  }

  private Optional<Encapsulation> ila(Token word) {
    String[] groups = word.text().split(":", -1);
    long locator = 0;
    for (String group : groups) {
      if (groups.length != GROUPS_OF_LOCATOR || !group.matches("[0-9a-fA-F]{1,4}")) {
        words.drop(word, "invalid locator " + word.text() + " for ila encapsulation");
        return Optional.empty();
      }
      locator = locator << Short.SIZE | Long.parseLong(group, 16);
    }
    return Optional.of(new Encapsulation.Ila(locator));
  }

  /** {@code id}, {@code dst} and the others, until a word that is none of them. */
  private final class Tunnel {
    private final boolean ipv4;
    private final AddressFamily family;
    private OptionalLong id = OptionalLong.empty();
    private Optional<InetAddress> destination = Optional.empty();
    private Optional<InetAddress> source = Optional.empty();
    private OptionalInt trafficClass = OptionalInt.empty();
    private OptionalInt hops = OptionalInt.empty();
    private OptionalInt flags = OptionalInt.empty();

    Tunnel(AddressFamily family) {
      this.family = family;
      ipv4 = family == AddressFamily.IPV4;
    }

    private String name() {
      return ipv4 ? "ip" : "ip6";
    }

    Optional<Encapsulation> read() {
      while (words.hasNext()) {
        Token option = words.next();
        if (!readOption(option)) {
          words.back();
          break;
        }
      }
      return words.isUsable()
          ? Optional.of(
              new Encapsulation.Tunnel(
                  family,
                  id,
                  new Encapsulation.Ends(destination, source),
                  trafficClass,
                  hops,
                  flags))
          : Optional.empty();
    }

    private boolean readOption(Token option) {
      String text = option.text();
      String classWord = ipv4 ? "tos" : "tc";
      String hopsWord = ipv4 ? "ttl" : "hoplimit";
      if (text.equals("id")) {
        words
            .number(Argument.unsigned(), "encap id {value} value is invalid")
            .ifPresent(value -> id = OptionalLong.of(value));
      } else if (text.equals("dst")) {
        destination = end("dst");
      } else if (text.equals("src")) {
        source = end("src");
      } else if (text.equals(classWord)) {
        trafficClass = classOfTraffic();
      } else if (text.equals(hopsWord)) {
        hops =
            number(
                BYTE,
                ipv4
                    ? "ttl {value} is not valid for ip encapsulation"
                    : "Invalid hoplimit {value} specified for ip6 encapsulation");
      } else if (text.equals("flags")) {
        flags = number(0xFFFF, "flags {value} is not valid for " + name() + " encapsulation");
      } else {
        return false;
      }
      return true;
    }

    private OptionalInt number(int most, String wrong) {
      return words
          .number(Argument.integer(0, most), wrong)
          .map(OptionalInt::of)
          .orElseGet(OptionalInt::empty);
    }

    private OptionalInt classOfTraffic() {
      OptionalLong value =
          words.named(
              names,
              IprouteNames.File.TYPES_OF_SERVICE,
              BYTE,
              ipv4
                  ? "dsfield {value} not valid for ip encapsulation"
                  : "tc value {value} is invalid for ip6 encapsulation");
      return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    private Optional<InetAddress> end(String which) {
      Optional<Token> word = words.argument();
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.back();
      Optional<InetAddress> address =
          words.address("Invalid encap " + name() + " " + which + " {value}");
      if (address.isPresent() && AddressFamily.of(address.get()) != family) {
        words.drop(
            word.get(),
            (ipv4 ? "IPv6" : "IPv4")
                + " address "
                + word.get().text()
                + " not valid for "
                + name()
                + " encapsulation");
      }
      return address;
    }
  }
}
