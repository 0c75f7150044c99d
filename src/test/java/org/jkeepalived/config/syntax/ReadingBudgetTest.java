package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reload may read, while VRRP runs in the same heap. */
final class ReadingBudgetTest {

  private static final String NESTED =
      """
      global_defs {
      }
      ~SEQ(I,1,1000) ~SEQ(J,1,1000) vrrp_instance V$I.$J { priority 1$J }
      """;

  private final ReadingBudget small = new ReadingBudget(4 << 20);

  private SyntaxTree read(String text) {
    return read(text, small);
  }

  private static SyntaxTree read(String text, ReadingBudget budget) {
    return new ConfigurationParser(MemoryLoader.of(text), Parsing.options(), budget.next())
        .parse(Parsing.MAIN);
  }

  /** As an operator's tool writes them: nothing is generated, each line is kept. */
  private static String instances(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                """
                vrrp_instance vrrp%1$d {
                    state BACKUP
                    interface bond%1$d
                    virtual_router_id %2$d
                    priority 130
                    advert_int 1
                    authentication {
                        auth_type PASS
                        auth_pass secret%1$d
                    }
                    virtual_ipaddress {
                        10.%2$d.%3$d.1/24
                    }
                    track_script {
                        chk%1$d
                    }
                    notify_master "/usr/local/bin/notify %1$d"
                }
                """
                    .formatted(i, i % 255 + 1, i / 255))
        .collect(Collectors.joining());
  }

  /** It is told which line makes how much of it. */
  @Test
  void nestedSequencesAreRefusedAtAReload() {
    assertEquals(List.of(), read("global_defs {\n}\n").diagnostics());

    List<Diagnostic> diagnostics = read(NESTED).diagnostics();

    assertEquals(1, diagnostics.size(), diagnostics::toString);
    Diagnostic said = diagnostics.get(0);
    assertEquals(Diagnostic.Severity.FATAL, said.severity());
    assertEquals(3, said.subject().orElseThrow().line().number());
    String message = said.message();
    assertTrue(
        message.startsWith(
            "The configuration grows too large: more than the 4 MiB of memory there are for it;"
                + " line 3 of "
                + Parsing.MAIN
                + " makes "),
        message);
    assertTrue(message.matches(".* makes [1-9][0-9],[0-9]{3} lines, [34] MiB, of it: .*"), message);
  }

  @Test
  void tenThousandInstancesAreNotTooMuch() {
    ReadingBudget usual = new ReadingBudget();
    read("global_defs {\n}\n", usual);
    SyntaxTree tree = read(instances(10_000), usual);
    assertEquals(List.of(), tree.diagnostics());
    assertEquals(10_000, tree.statements().size());
  }

  /** Whoever runs with more can read it again, and something more. */
  @Test
  void whatItStartedWithCanBeReadAgain() {
    assertEquals(List.of(), read(instances(1_000)).diagnostics());
    assertEquals(List.of(), read(instances(1_500)).diagnostics());
  }
}
