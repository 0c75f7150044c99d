package org.jkeepalived.config.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.Reading;
import org.jkeepalived.config.syntax.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told about keywords. */
final class ExplanationTest {

  private static String text(String asked) {
    return String.join("\n", Explanation.of(asked)) + "\n";
  }

  @Test
  void aSettingNamesItsDefaultsInTheirOrder() {
    assertEquals(
        """
        garp_lower_prio_delay SECONDS
            the same as garp_master_delay, after a lower-priority advertisement
            values:       0 to 4294
            default:      what 'vrrp_garp_lower_prio_delay' in global_defs says, else
                          what 'vrrp_garp_master_delay' in global_defs says, else 5; 0
                          with vrrp_min_garp
            strict mode:  always 0
            in:           vrrp_instance
        """,
        text("garp_lower_prio_delay"));
  }

  @Test
  void blocksThatMeanTheSameShareAParagraphAndOthersHaveTheirOwn() {
    assertEquals(
        """
        weight INTEGER [reverse]
            what its success adds to a priority; 0: its failure is a fault
            values:       -253 to 253
            default:      0
            in:           vrrp_script

        weight INTEGER [reverse]
            what the file's number is multiplied by; 0: a number but 0 is a fault
            values:       -254 to 254
            default:      1
            in:           track_file, vrrp_track_file

        weight INTEGER [reverse]
            what the quorum adds to a priority; 0: a missing quorum is a fault
            values:       -254 to 254
            default:      0
            in:           vrrp_track_process

        weight INTEGER
            the weight of real servers that name none
            values:       1 to 2147483647
            default:      1
            in:           virtual_server

        weight INTEGER
            how much it is given, beside the others
            values:       0 to 2147483647
            default:      weight of the virtual server
            in:           virtual_server/real_server

        weight INTEGER [reverse]
            what the file's number is multiplied by; 0: a number but 0 is a failure
            values:       -2147483647 to 2147483647
            default:      the weight of the track_file block
            in:           virtual_server/real_server/FILE_CHECK

        weight
            known to keepalived, and not yet supported by jkeepalived: it has no effect,
            and the daemon says so
            in:           bfd_instance
        """,
        text("weight"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timer_expired_backup | old spelling: thread_timer_expired",
        "timer_expired_backup | alone:        254",
        "thread_timer_expired | note:         old spelling of 'timer_expired_backup'",
        "strict_mode          | values:       on, off, true, false, yes, no",
        "strict_mode          | what 'vrrp_strict' in global_defs says, else off",
        "advert_int           | values:       0.01 to 255, with up to 6 decimals",
        "vrrp_script          | vrrp_script NAME { ... }",
        "vrrp_script          | keywords:     script, interval, timeout, weight",
        "vrrp_script          | in:           the file, outside all blocks",
        "track_file           | track_file { NAME [weight -254..254 [reverse|noreverse]] ... }",
        "debug                | accepted; it has no effect in jkeepalived yet",
        "virtual_server       | a service, and the real servers that answer for it",
        "nat_mask             | no longer known to keepalived",
        "smtp_security        | in:           jkeepalived",
      })
  void tells(String keyword, String what) {
    assertTrue(text(keyword).contains(what), text(keyword));
  }

  @Test
  void theLinesOfABlockAreShownWhole() {
    assertEquals(
        """
        unicast_peer { ADDRESS [min_ttl 0..255] [max_ttl 0..255] ... }
            the addresses to speak to, one by one, instead of a multicast group
            in:           vrrp_instance
        """,
        text("unicast_peer"));
    assertEquals(
        """
        label
            an option of the lines in these blocks; jkeepalived explain
            virtual_ipaddress shows such a line whole
            in:           virtual_ipaddress, virtual_ipaddress_excluded,
                          static_ipaddress
        """,
        text("label"));
    assertEquals(
        """
        includer FILE
            as include; an error where a file cannot be read
            in:           every file, wherever a line begins
        """,
        text("includer"));
  }

  static Stream<Arguments> options() {
    return DeclaredKeywords.all().stream()
        .filter(one -> one.keyword().arity() == Keyword.Arity.LIST)
        .flatMap(
            one ->
                KeywordText.options(one.keyword()).stream()
                    .map(option -> Arguments.of(one.block(), one.keyword().name(), option)));
  }

  /** No option is shown that the daemon would not read. */
  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsRead(String block, String list, String option) {
    String subject =
        list.contains("rules")
            ? ""
            : list.startsWith("track_") ? "name " : list.contains("delays") ? "e0 " : "10.0.0.1 ";
    String lines = list + " {\n" + subject + option + " 1\n}\n";
    String text =
        block.equals(Catalogue.TOP)
            ? lines
            : block.replaceFirst("^.*/", "") + " A {\n" + lines + "}\n";
    for (Diagnostic diagnostic : Reading.of("k", text).diagnostics()) {
      String message = diagnostic.message();
      assertFalse(
          message
              .toLowerCase(Locale.ROOT)
              .matches(".*unknown .*(entry|keyword|option) '?" + option + "\\b.*"),
          () -> text + message);
    }
  }

  static List<String> words() {
    return DeclaredKeywords.all().stream().map(one -> one.keyword().name()).distinct().toList();
  }

  @ParameterizedTest
  @MethodSource("words")
  void fitsATerminal(String word) {
    List<String> lines = Explanation.of(word);

    assertTrue(lines.size() > 2);
    for (String line : lines) {
      assertTrue(line.length() <= 80 || !line.startsWith(" "), line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
    }
  }

  @Test
  void whatIsNoKeywordIsNotExplainedButItsNeighbourIsNamed() {
    assertEquals(List.of(), Explanation.of("prioritty"));
    assertEquals(Optional.of("priority"), Explanation.nearest("prioritty"));
    assertEquals(List.of(), Explanation.of("vrrp_script/priority"));
    assertEquals(Optional.empty(), Explanation.nearest("qqqqqqqqqq"));
    assertEquals(List.of(), Explanation.of(""));
  }
}
