package org.jkeepalived.config.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.Reading;
import org.jkeepalived.config.syntax.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every keyword of keepalived's about virtual servers is declared, and so read, checked and
 * explained; those that are not, and those without an effect, stand here and in README.
 */
final class BalancingKeywordsTest {

  private static final Path ACCEPTED =
      Path.of("src/test/resources/org/jkeepalived/config/accepted-keywords.tsv");

  /** Blocks whose keywords are all about virtual servers. */
  private static final Pattern BLOCKS =
      Pattern.compile("(virtual_server|virtual_server_group|SSL)(/.*)?");

  private static final Pattern GLOBAL =
      Pattern.compile(
          "(\\(top\\)/(SSL|virtual_server|virtual_server_group|net_namespace_ipvs"
              + "|namespace_with_ipsets))"
              + "|global_defs/(lvs_.*|checker_.*|nftables_ipvs.*|smtp_alert_checker"
              + "|no_checker_emails|rs_init_notifies|enable_snmp_checker|snmp_.s_stats_.*)");

  /** Which are answered by "not yet supported", by the word that README names. */
  private static final Map<String, List<String>> NOT_DECLARED =
      new TreeMap<>(
          Map.of(
              "BFD_CHECK",
              List.of(
                  "virtual_server/real_server/BFD_CHECK",
                  "virtual_server/real_server/BFD_CHECK/name",
                  "virtual_server/real_server/BFD_CHECK/alpha"),
              "SNMP",
              List.of(
                  "global_defs/enable_snmp_checker",
                  "global_defs/snmp_rs_stats_update_interval",
                  "global_defs/snmp_vs_stats_update_interval")));

  /** Which are read and change nothing. */
  private static final Map<String, List<String>> WITHOUT_EFFECT =
      new TreeMap<>(
          Map.of(
              "namespace_with_ipsets",
              List.of("(top)/namespace_with_ipsets"),
              "regex_stack",
              List.of(
                  "virtual_server/real_server/HTTP_GET/url/regex_stack",
                  "virtual_server/real_server/SSL_GET/url/regex_stack"),
              "dynamic",
              List.of("virtual_server/real_server/FILE_CHECK/dynamic")));

  private static Set<String> accepted() throws IOException {
    Set<String> accepted = new TreeSet<>();
    for (String row : Files.readAllLines(ACCEPTED)) {
      String[] fields = row.split("\t", -1);
      if (!row.startsWith("#") && isOurs(fields[0], fields[1])) {
        accepted.add(fields[0] + "/" + fields[1]);
      }
    }
    return accepted;
  }

  private static boolean isOurs(String block, String keyword) {
    boolean retired = Catalogue.find(block, keyword).filter(Catalogue.Entry::retired).isPresent();
    return !retired
        && (BLOCKS.matcher(block).matches() || GLOBAL.matcher(block + "/" + keyword).matches());
  }

  private static Set<String> declared(Predicate<Keyword<?>> which) {
    Set<String> found = new TreeSet<>();
    for (DeclaredKeywords.Declared one : DeclaredKeywords.all()) {
      if (which.test(one.keyword())) {
        found.add(one.block() + "/" + one.keyword().name());
      }
    }
    return found;
  }

  private static Set<String> all(Map<String, List<String>> exceptions) {
    Set<String> all = new TreeSet<>();
    exceptions.values().forEach(all::addAll);
    return all;
  }

  @Test
  void eachIsDeclared() throws IOException {
    Set<String> missing = accepted();
    assertTrue(missing.size() > 200, missing::toString);
    missing.removeAll(declared(keyword -> true));
    assertEquals(all(NOT_DECLARED), missing);
  }

  @Test
  void eachHasAnEffect() throws IOException {
    Set<String> inert = declared(keyword -> keyword.facts().inert());
    inert.retainAll(accepted());
    assertEquals(all(WITHOUT_EFFECT), inert);
  }

  @Test
  void readmeNamesTheExceptions() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertFalse(readme.contains("`no_such_word`"));
    for (String word : NOT_DECLARED.keySet()) {
      assertTrue(readme.matches("(?s).*\\b" + word + "\\b.*"), word);
    }
    for (String word : WITHOUT_EFFECT.keySet()) {
      assertTrue(readme.contains("`" + word + "`"), word);
    }
  }

  /** Published configurations, and those that were made to try everything. */
  static Stream<Path> configurations() throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(Path.of("conf")),
            Stream.concat(
                Files.walk(Path.of("src/test/vm/cases")),
                Files.walk(Path.of("src/test/resources/org/jkeepalived/status/lvs"))))) {
      List<Path> found = files.filter(path -> path.toString().endsWith(".conf")).sorted().toList();
      return found.stream().filter(BalancingKeywordsTest::balances);
    }
  }

  private static boolean balances(Path file) {
    return text(file).contains("virtual_server");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aPublishedConfigurationIsWhollyUnderstood(Path file) {
    String text = text(file);
    assertEquals(List.of(), unsupported(text));
    // the same path tells of what is not there
    assertEquals(1, unsupported(text + "\nbfd_instance b {\n}\n").size());
  }

  private static List<String> unsupported(String text) {
    LoadedConfiguration loaded = Reading.of("k.conf", text);
    return loaded.diagnostics().stream()
        .map(Diagnostic::message)
        .filter(message -> message.contains("not yet supported"))
        .toList();
  }
}
