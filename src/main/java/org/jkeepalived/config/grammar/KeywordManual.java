package org.jkeepalived.config.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.DeclaredKeywords.Declared;
import org.jkeepalived.text.Roff;

/**
 * The manual page jkeepalived.conf(5): every keyword, block by block, out of its declaration, and
 * what keepalived knows besides.
 */
public final class KeywordManual {

  private static final String PREFACE =
      """
      keepalived.conf(5) of keepalived says what its file, /etc/keepalived/keepalived.conf, may say, and what \
      that means. This page has every keyword that jkeepalived reads there, and those of its own file, \
      /etc/keepalived/jkeepalived.conf, in a block jkeepalived. It is made from the declarations by which the daemon reads its configuration: what is to be \
      written, the range, the default, and a sentence. What the words mean together is told by keepalived's \
      own manual, keepalived.conf(5), which holds here, too. jkeepalived explain KEYWORD prints the same for \
      one keyword, and the blocks it stands in.""";

  private final List<Declared> all = DeclaredKeywords.all();
  private final Roff page = new Roff("jkeepalived.conf", 5, "keywords of keepalived.conf");

  private KeywordManual() {}

  /** The page in roff. */
  public static String page() {
    KeywordManual manual = new KeywordManual();
    manual.write();
    return manual.page.text();
  }

  private void write() {
    page.section("SYNOPSIS");
    page.line("/etc/keepalived/keepalived.conf");
    page.line("/etc/keepalived/jkeepalived.conf (settings of our own, in a block jkeepalived)");
    page.section("DESCRIPTION");
    page.paragraph(PREFACE);
    Map<String, List<Declared>> blocks =
        all.stream()
            .collect(
                Collectors.groupingBy(Declared::block, LinkedHashMap::new, Collectors.toList()));
    blocks.forEach(this::block);
    List<String> others =
        Catalogue.blocks().stream().filter(path -> !blocks.containsKey(path)).toList();
    others.forEach(path -> block(path, List.of()));
    page.section("ANYWHERE");
    LanguageManual.entries().forEach(entry -> page.entry(entry.syntax(), entry.documentation()));
    page.section("FILES");
    page.line("/etc/keepalived/keepalived.conf");
    page.line("/etc/keepalived/jkeepalived.conf");
    page.section("SEE ALSO");
    page.line("jkeepalived(8), keepalived.conf(5)");
  }

  private void block(String path, List<Declared> keywords) {
    page.section(path.equals(Catalogue.TOP) ? "OUTSIDE ALL BLOCKS" : path);
    TreeSet<String> missing = new TreeSet<>(Catalogue.names(path));
    for (Declared declared : keywords) {
      Keyword<?> keyword = declared.keyword();
      missing.remove(keyword.name());
      KeywordText text = new KeywordText(keyword, all);
      page.entry(text.syntax(), text.documentation());
      text.lines().stream()
          .filter(line -> !line.label().equals("keywords")) // they have a section of their own
          .forEach(line -> page.detail(line.label(), line.text()));
    }
    missing.removeIf(name -> Catalogue.find(path, name).orElseThrow().retired());
    if (!missing.isEmpty()) {
      page.paragraph(
          "Known to keepalived, and without effect here, which the daemon says: "
              + String.join(", ", missing)
              + ".");
    }
  }
}
