package org.jkeepalived.config.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What there is to say to a person about one declared keyword, without the blocks it stands in. */
final class KeywordText {

  /** The words that a bracket begins with, such as {@code brd|broadcast}. */
  private static final Pattern OPTION = Pattern.compile("[-a-z0-9_|]+(?=[ \\]])");

  private final Keyword<?> keyword;
  private final List<DeclaredKeywords.Declared> all;

  /**
   * @param all every declared keyword, to look up what a default refers to
   */
  KeywordText(Keyword<?> keyword, List<DeclaredKeywords.Declared> all) {
    this.keyword = keyword;
    this.all = all;
  }

  /**
   * What is to be written, such as {@code priority INTEGER} or {@code track_script { NAME ... }}.
   */
  String syntax() {
    String name = keyword.name();
    String values = keyword.values().syntax();
    return switch (keyword.arity()) {
      case FLAG, REQUIRED, OPTIONAL ->
          (name + " " + (keyword.facts().alone().isPresent() ? "[" + values + "]" : values))
              .strip();
      case BLOCK, NAMED_BLOCK -> (name + " " + values).strip() + " { ... }";
      case LIST -> values.isEmpty() ? name + " { ... }" : name + " { " + values + " ... }";
    };
  }

  /** The words that may stand in the lines of such a block, without those of their arguments. */
  static Set<String> options(Keyword<?> keyword) {
    Set<String> options = new LinkedHashSet<>();
    String syntax = keyword.values().syntax();
    int depth = 0;
    for (int i = 0; i < syntax.length(); i++) {
      if (syntax.charAt(i) == ']') {
        depth--;
      } else if (syntax.charAt(i) == '[' && depth++ == 0) {
        Matcher words = OPTION.matcher(syntax).region(i + 1, syntax.length());
        if (words.lookingAt()) {
          options.addAll(List.of(words.group().split("\\|")));
        }
      }
    }
    return options;
  }

  /** One sentence. */
  String documentation() {
    return keyword.facts().documentation();
  }

  /** The rest, each with what it is about before it. */
  List<Explanation.Line> lines() {
    List<Explanation.Line> lines = new ArrayList<>();
    values().ifPresent(text -> lines.add(new Explanation.Line("values", text)));
    Keyword.Facts facts = keyword.facts();
    facts.alone().ifPresent(text -> lines.add(new Explanation.Line("alone", text)));
    standard(facts.standard()).ifPresent(text -> lines.add(new Explanation.Line("default", text)));
    facts
        .strict()
        .ifPresent(text -> lines.add(new Explanation.Line("strict mode", "always " + text)));
    facts
        .replacedBy()
        .ifPresent(
            other ->
                lines.add(
                    new Explanation.Line(
                        "note", "old spelling of '" + other + "', which is to be written now")));
    oldSpellings().forEach(old -> lines.add(new Explanation.Line("old spelling", old)));
    if (facts.inert()) {
      lines.add(new Explanation.Line("note", "accepted; it has no effect in jkeepalived yet"));
    }
    keyword
        .inside()
        .ifPresent(
            block ->
                lines.add(
                    new Explanation.Line(
                        "keywords",
                        String.join(", ", block.keywords().stream().map(Keyword::name).toList()))));
    return lines;
  }

  private Optional<String> values() {
    Values values = keyword.values();
    String choice = String.join(", ", values.words());
    return values
        .range()
        .map(KeywordText::range)
        .or(() -> Optional.of(choice).filter(text -> !text.isEmpty()));
  }

  private static String range(Values.Range range) {
    String text = plain(range.min()) + " to " + plain(range.max());
    return range.decimals() == 0 ? text : text + ", with up to " + range.decimals() + " decimals";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private Optional<String> standard(Standard standard) {
    return switch (standard.kind()) {
      case NONE -> Optional.empty();
      case IN_WORDS -> Optional.of(standard.text());
      case WRITTEN ->
          Optional.of(standard.text() + (standard.note().isEmpty() ? "" : "; " + standard.note()));
      case OF_GLOBAL ->
          Optional.of(
              "what '"
                  + standard.text()
                  + "' in global_defs says"
                  + global(standard.text())
                      .flatMap(other -> standard(other.facts().standard()))
                      .map(text -> ", else " + text)
                      .orElse(""));
    };
  }

  private Optional<Keyword<?>> global(String name) {
    return all.stream()
        .filter(one -> one.block().equals("global_defs") && one.keyword().name().equals(name))
        .<Keyword<?>>map(DeclaredKeywords.Declared::keyword)
        .findFirst();
  }

  private List<String> oldSpellings() {
    return all.stream()
        .map(DeclaredKeywords.Declared::keyword)
        .filter(one -> one.facts().replacedBy().filter(keyword.name()::equals).isPresent())
        .map(Keyword::name)
        .distinct()
        .toList();
  }
}
