package org.jkeepalived.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Range;

/**
 * A line of the journal that consists of words and their values, one after the other. What is read
 * may be anything: whoever asks for a value that is not there gets nothing.
 */
final class JournalWords {

  private static final long MOST = 0xFFFF_FFFFL;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** Reads what stands after the kind. */
  static JournalWords read(String text) {
    JournalWords words = new JournalWords();
    String[] parts = text.split(" ");
    for (int i = 0; i + 1 < parts.length; i += 2) {
      words.values.computeIfAbsent(parts[i], word -> new ArrayList<>()).add(parts[i + 1]);
    }
    return words;
  }

  /** Everything that stands after a word, wherever it is. */
  List<String> all(String word) {
    return values.getOrDefault(word, List.of());
  }

  Optional<String> text(String word) {
    return all(word).stream().findFirst();
  }

  /** A number of 32 bits without a sign. */
  OptionalLong number(String word) {
    return text(word).map(JournalWords::parse).orElseGet(OptionalLong::empty);
  }

  private static OptionalLong parse(String text) {
    try {
      long number = Long.parseLong(text);
      return number >= 0 && number <= MOST ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A number that is no more than {@code most}. */
  OptionalInt small(String word, int most) {
    OptionalLong number = number(word);
    return number.isPresent() && number.getAsLong() <= most
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  Optional<Range> range(String word) {
    String[] ends = text(word).orElse("").split("-", 2);
    if (ends.length < 2) {
      return Optional.empty();
    }
    OptionalLong first = parse(ends[0]);
    OptionalLong last = parse(ends[1]);
    return first.isPresent() && last.isPresent()
        ? Optional.of(new Range(first.getAsLong(), last.getAsLong()))
        : Optional.empty();
  }

  Optional<Prefix> prefix(String word) {
    return text(word).flatMap(JournalWords::readPrefix);
  }

  private static Optional<Prefix> readPrefix(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    OptionalLong length = slash < 0 ? OptionalLong.empty() : parse(text.substring(slash + 1));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = Byte.SIZE * address.get().getAddress().length;
    long said = length.orElse(slash < 0 ? bits : -1);
    return said < 0 || said > bits
        ? Optional.empty()
        : Optional.of(new Prefix(address.get(), (int) said));
  }

  /** A numeric address; no name server is asked. */
  static Optional<InetAddress> address(String text) {
    // what has a colon, or four numbers, is parsed or refused, but never looked up
    if (!text.matches("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*")) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(text);
      return NumericAddress.of(address).equals(text) ? Optional.of(address) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
