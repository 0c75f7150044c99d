package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Optional;

/**
 * Hands out one object for many equal ones, so that 65,024 generated instances fit into a small
 * heap. Each kind has a table of fixed size in which a newer entry drives out an older one: equal
 * things mostly come close together, and what is forgotten costs memory, never correctness.
 */
final class Pool {
  private static final int SIZE = 1 << 12;

  /** What an object of few fields takes, and a string without its characters. */
  private static final int OBJECT_BYTES = 24;

  private static final int STRING_BYTES = 48;

  /** What it takes to be in a list that has grown, and in its copy. */
  private static final int REFERENCE_BYTES = 8;

  private final Limits limits;
  private Optional<SourceLine> lastLine = Optional.empty();
  private final String[] strings = new String[SIZE];
  private final Place[] places = new Place[SIZE];
  private final Token[] tokens = new Token[SIZE];
  private final Statement[] statements = new Statement[SIZE];

  Pool(Limits limits) {
    this.limits = limits;
  }

  String string(String text) {
    int slot = slot(text.hashCode());
    String known = strings[slot];
    if (known != null && known.equals(text)) {
      return known;
    }
    strings[slot] = text;
    limits.allocate(STRING_BYTES + MemoryRoom.textBytes(text));
    return text;
  }

  Place place(SourceLine line, int start, int end, Optional<SourceLine> definition) {
    int slot =
        slot(
            ((System.identityHashCode(line) * 31 + start) * 31 + end) * 31
                + definition.map(System::identityHashCode).orElse(0));
    Place known = places[slot];
    if (known != null
        && known.line() == line
        && known.startColumn() == start
        && known.endColumn() == end
        && same(known.definition(), definition)) {
      return known;
    }
    limits.allocate(OBJECT_BYTES);
    if (lastLine.isEmpty() || lastLine.get() != line) {
      // the place keeps its line alive, with all of its text
      limits.allocate(OBJECT_BYTES + STRING_BYTES + MemoryRoom.textBytes(line.text()));
      lastLine = Optional.of(line);
    }
    places[slot] = new Place(line, start, end, definition);
    return places[slot];
  }

  Token token(String text, boolean quoted, Place place) {
    int slot = slot(text.hashCode() * 31 + System.identityHashCode(place));
    Token known = tokens[slot];
    if (known != null
        && known.place() == place
        && known.quoted() == quoted
        && known.text().equals(text)) {
      return known;
    }
    limits.allocate(OBJECT_BYTES);
    tokens[slot] = new Token(string(text), quoted, place);
    return tokens[slot];
  }

  /** A statement without a block. Its place in a list is new in any case. */
  Statement statement(List<Token> words, Optional<String> written) {
    limits.allocate(REFERENCE_BYTES);
    int hash = 0;
    for (Token word : words) {
      hash = hash * 31 + System.identityHashCode(word);
    }
    int slot = slot(hash);
    Statement known = statements[slot];
    if (known != null && same(known.words(), words) && known.written().equals(written)) {
      return known;
    }
    long writtenBytes =
        written.map(text -> OBJECT_BYTES + STRING_BYTES + MemoryRoom.textBytes(text)).orElse(0L);
    limits.allocate(2 * OBJECT_BYTES + 8L * words.size() + writtenBytes);
    statements[slot] = new Statement(words, Optional.empty(), written);
    return statements[slot];
  }

  /** A statement that a block has been put to. */
  Statement withBlock(Statement header, Statement.Block block) {
    limits.allocate(3 * OBJECT_BYTES + REFERENCE_BYTES);
    return new Statement(header.words(), Optional.of(block), header.written());
  }

  private static boolean same(List<Token> some, List<Token> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Optional<SourceLine> one, Optional<SourceLine> other) {
    return one.isPresent() ? other.isPresent() && one.get() == other.get() : other.isEmpty();
  }

  private static int slot(int hash) {
    int mixed = hash * 0x9E3779B1;
    return mixed >>> (32 - 12);
  }
}
