package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.CNumber;

/** {@code umask}, as a number or as {@code IRUSR|IWGRP|…}. */
final class UmaskKeywords {

  private static final int MOST = 0777;

  /** As in sys/stat.h, without their {@code S_}. 2.2.7 does not know those with RWX. */
  private static final Map<String, Integer> BITS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("IRUSR", 0400),
              Map.entry("IWUSR", 0200),
              Map.entry("IXUSR", 0100),
              Map.entry("IRWXU", 0700),
              Map.entry("IRGRP", 040),
              Map.entry("IWGRP", 020),
              Map.entry("IXGRP", 010),
              Map.entry("IRWXG", 070),
              Map.entry("IROTH", 04),
              Map.entry("IWOTH", 02),
              Map.entry("IXOTH", 01),
              Map.entry("IRWXO", 07)));

  private UmaskKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom("umask", Arity.REQUIRED, "MASK", UmaskKeywords::read)
            .standard("IXUSR|IRWXG|IRWXO")
            .doc(
                "the permissions that no new file of the daemon's and of its scripts gets: -u on"
                    + " the command line comes first"));
  }

  private static void read(Statement statement, GlobalDraft globals, GrammarReport report) {
    Token first = statement.arguments().get(0);
    boolean number = !first.text().isEmpty() && Character.digit(first.text().charAt(0), 10) >= 0;
    OptionalInt mask =
        number ? number(statement, report) : new Bits(statement.arguments(), report).read();
    globals.umask = mask.orElse(globals.umask);
  }

  private static OptionalInt number(Statement statement, GrammarReport report) {
    Token word = statement.arguments().get(0);
    if (statement.arguments().size() > 1) {
      report.warn(statement.arguments().get(1), "bad-umask", "Extra parameter(s) to umask option");
      return OptionalInt.empty();
    }
    Optional<Long> mask = CNumber.whole(word.text()).filter(value -> value <= MOST);
    if (mask.isEmpty()) {
      report.warn(word, "bad-umask", "invalid umask value " + word.text());
      return OptionalInt.empty();
    }
    return OptionalInt.of(mask.get().intValue());
  }

  /** Names of bits with {@code |} between them, with blanks or without. */
  private static final class Bits {

    private final List<Token> words;
    private final GrammarReport report;
    private int mask;
    private boolean bitExpected = true;

    Bits(List<Token> words, GrammarReport report) {
      this.words = words;
      this.report = report;
    }

    OptionalInt read() {
      for (Token word : words) {
        if (!read(word)) {
          return OptionalInt.empty();
        }
      }
      if (bitExpected) {
        report.warn(words.get(words.size() - 1), "bad-umask", "umask missing bit value");
        return OptionalInt.empty();
      }
      return OptionalInt.of(mask);
    }

    private boolean read(Token word) {
      String rest = word.text();
      while (!rest.isEmpty()) {
        if (bitExpected) {
          int end = rest.indexOf('|') < 0 ? rest.length() : rest.indexOf('|');
          Optional<Integer> bit = Optional.ofNullable(BITS.get(rest.substring(0, end)));
          if (bit.isEmpty()) {
            report.warn(word, "bad-umask", "Unknown umask bit " + rest);
            return false;
          }
          mask |= bit.get();
          rest = rest.substring(end);
        } else if (rest.startsWith("|")) {
          rest = rest.substring(1);
        } else {
          report.warn(word, "bad-umask", "Invalid umask syntax " + rest);
          return false;
        }
        bitExpected = !bitExpected;
      }
      return true;
    }
  }
}
