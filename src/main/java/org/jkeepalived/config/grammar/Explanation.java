package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.DeclaredKeywords.Declared;

/**
 * What there is to say to a person about a keyword of keepalived.conf, out of its declaration; or,
 * where it is not supported yet, out of the catalogue of all that keepalived knows.
 */
public final class Explanation {

  private static final int WIDTH = 80;
  private static final String INDENT = "    ";
  private static final int LABEL_WIDTH = 14;

  /** What is said, and what it is about. */
  record Line(String label, String text) {}

  private final String block;
  private final String word;
  private final List<Declared> all = DeclaredKeywords.all();

  private Explanation(String asked) {
    int slash = asked.lastIndexOf('/');
    block = slash < 0 ? "" : asked.substring(0, slash);
    word = asked.substring(slash + 1);
  }

  /**
   * The lines to print about a keyword; none if there is no such keyword.
   *
   * @param asked the keyword, or, for the one of a block, {@code BLOCK/KEYWORD}
   */
  public static List<String> of(String asked) {
    Explanation explanation = new Explanation(asked);
    Map<List<String>, List<String>> blocksByParagraph = new LinkedHashMap<>();
    explanation.declared(blocksByParagraph);
    explanation.others(blocksByParagraph);
    List<String> lines = new ArrayList<>(explanation.language());
    blocksByParagraph.forEach(
        (paragraph, blocks) -> {
          if (!lines.isEmpty()) {
            lines.add("");
          }
          lines.addAll(paragraph);
          lines.addAll(written(new Line("in", named(blocks))));
        });
    if (lines.isEmpty()) {
      lines.addAll(explanation.option());
    }
    return lines;
  }

  private List<String> language() {
    List<String> lines = new ArrayList<>();
    LanguageManual.named(word)
        .filter(entry -> block.isEmpty())
        .ifPresent(
            entry -> {
              lines.add(entry.syntax());
              lines.addAll(wrapped(INDENT, entry.documentation()));
              lines.addAll(written(new Line("in", "every file, wherever a line begins")));
            });
    return lines;
  }

  /** A word that is no keyword may be an option of the lines in some blocks. */
  private List<String> option() {
    List<String> blocks =
        all.stream()
            .filter(one -> one.keyword().arity() == Keyword.Arity.LIST)
            .filter(one -> KeywordText.options(one.keyword()).contains(word))
            .map(one -> one.keyword().name())
            .filter(this::isAsked)
            .distinct()
            .toList();
    if (blocks.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(word);
    lines.addAll(
        wrapped(
            INDENT,
            "an option of the lines in these blocks; jkeepalived explain "
                + blocks.get(0)
                + " shows such a line whole"));
    lines.addAll(written(new Line("in", String.join(", ", blocks))));
    return lines;
  }

  /** The keyword that was probably meant; empty where none is near. */
  public static Optional<String> nearest(String asked) {
    return NearestWord.of(asked.substring(asked.lastIndexOf('/') + 1), names());
  }

  /** Every word that there is something to say about, options of lines excepted. */
  public static List<String> names() {
    Set<String> known = new LinkedHashSet<>();
    DeclaredKeywords.all().forEach(one -> known.add(one.keyword().name()));
    known.addAll(Catalogue.allNames());
    LanguageManual.entries().forEach(entry -> entry.name().ifPresent(known::add));
    return List.copyOf(known);
  }

  /** A paragraph for each of its meanings; blocks that mean the same share one. */
  private void declared(Map<List<String>, List<String>> blocksByParagraph) {
    for (Declared one : all) {
      if (one.keyword().name().equals(word) && isAsked(one.block())) {
        KeywordText text = new KeywordText(one.keyword(), all);
        List<String> paragraph = new ArrayList<>();
        paragraph.addAll(hanging(text.syntax()));
        paragraph.addAll(wrapped(INDENT, text.documentation()));
        text.lines().forEach(line -> paragraph.addAll(written(line)));
        blocksByParagraph.computeIfAbsent(paragraph, any -> new ArrayList<>()).add(one.block());
      }
    }
  }

  /** What keepalived knows in blocks where nothing of that name is declared. */
  private void others(Map<List<String>, List<String>> blocksByParagraph) {
    for (String other : Catalogue.blocksOf(word)) {
      boolean declared =
          all.stream()
              .anyMatch(one -> one.block().equals(other) && one.keyword().name().equals(word));
      if (!declared && isAsked(other)) {
        blocksByParagraph
            .computeIfAbsent(
                unsupported(Catalogue.find(other, word).orElseThrow()), any -> new ArrayList<>())
            .add(other);
      }
    }
  }

  private List<String> unsupported(Catalogue.Entry entry) {
    List<String> paragraph = new ArrayList<>();
    paragraph.add(word);
    paragraph.addAll(
        wrapped(
            INDENT,
            entry.retired()
                ? "no longer known to keepalived: it has no effect, and the daemon says so"
                : "known to keepalived, and not yet supported by jkeepalived: it has no effect,"
                    + " and the daemon says so"));
    if (!entry.note().isEmpty()) {
      paragraph.addAll(written(new Line("note", entry.note())));
    }
    return paragraph;
  }

  private boolean isAsked(String other) {
    return block.isEmpty() || other.equals(block) || other.endsWith("/" + block);
  }

  private static String named(List<String> blocks) {
    return blocks.stream()
        .map(path -> path.equals(Catalogue.TOP) ? "the file, outside all blocks" : path)
        .collect(Collectors.joining(", "));
  }

  private static List<String> written(Line line) {
    String label =
        INDENT + (line.label() + ":" + " ".repeat(LABEL_WIDTH)).substring(0, LABEL_WIDTH);
    return wrapped(label, line.text());
  }

  /** The first line begins where lines begin, the others are as far in as twice the rest. */
  private static List<String> hanging(String text) {
    List<String> lines = wrapped(INDENT + INDENT, text);
    lines.set(0, lines.get(0).strip());
    return lines;
  }

  /** Lines of at most 80 columns: the first one begins with {@code head}, the others below it. */
  private static List<String> wrapped(String head, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    int empty = head.length();
    for (String each : text.split(" ")) {
      if (line.length() > empty && line.length() + 1 + each.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(empty));
      }
      line.append(line.length() > empty ? " " : "").append(each);
    }
    lines.add(line.toString());
    return lines;
  }
}
