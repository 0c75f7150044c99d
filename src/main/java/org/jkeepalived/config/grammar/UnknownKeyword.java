package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do about a keyword that is unknown where it stands. */
final class UnknownKeyword {

  static final String ABOUT_COMMENTS = "comments start with # or !";

  /** More blocks than that are no hint. */
  private static final int MOST_BLOCKS = 3;

  /** What to write instead of a keyword that only some blocks know under its old name. */
  private static final Map<String, String> TODAY = Map.of("nb_get_retry", "retry");

  private UnknownKeyword() {}

  /**
   * A hint, if there is one.
   *
   * @param block where the word stands, as the catalogue calls it
   * @param known the keywords of that block
   */
  static Optional<String> remedy(String word, String block, List<String> known) {
    if (word.startsWith("//")) {
      return Optional.of(ABOUT_COMMENTS);
    }
    String today = TODAY.getOrDefault(word, "");
    if (known.contains(today)) {
      return Optional.of("use '" + today + "'");
    }
    return elsewhere(word, block)
        .or(() -> NearestWord.of(word, known).map(nearest -> "did you mean '" + nearest + "'?"));
  }

  private static Optional<String> elsewhere(String word, String block) {
    List<String> blocks =
        Catalogue.blocksOf(word).stream().filter(other -> !other.equals(block)).toList();
    return blocks.isEmpty() || blocks.size() > MOST_BLOCKS
        ? Optional.empty()
        : Optional.of(
            "'"
                + word
                + "' belongs "
                + blocks.stream().map(UnknownKeyword::in).collect(Collectors.joining(" or ")));
  }

  private static String in(String block) {
    return block.equals(Catalogue.TOP)
        ? "outside all blocks"
        : "in " + block.substring(block.lastIndexOf('/') + 1);
  }
}
