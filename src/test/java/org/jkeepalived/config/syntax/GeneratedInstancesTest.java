package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** keepalived.conf(5), "Sequence blocks": the example that makes 65,024 instances. */
final class GeneratedInstancesTest {
  /** What the example may take: so it fits into a heap of 256 MiB twice, as a reload needs. */
  private static final long MOST_BYTES = 100L << 20;

  private static final String EXAMPLE =
      """
      $VI4= \\
      track_file offset_instance_4.${IF}.${NUM}.${ID} { \\
          file "${_PWD}/679/track_files/4.${IF}.${NUM}.${ID}" \\
          weight -100 \\
      } \\
      vrrp_instance vrrp4.${IF}.${NUM}.${ID} { \\
          interface bond${IF}.${NUM} \\
          use_vmac vrrp4.${IF}.${NUM}.${ID} \\
          virtual_router_id ${ID} \\
          priority 130 \\
          virtual_ipaddress { \\
              10.${IF}.${NUM}.${ID}/24 \\
          } \\
          track_file { \\
              offset_instance_4.${IF}.${NUM}.${ID} \\
          } \\
      }

      ~SEQ(IF,0,7) ~SEQ(NUM,0,31) ~SEQ(ID,1,254) $VI4
      """;

  @Test
  void manualsExample() {
    SyntaxTree tree =
        new ConfigurationParser(MemoryLoader.of(EXAMPLE), Parsing.options(), MOST_BYTES)
            .parse(Parsing.MAIN);

    assertEquals(List.of(), tree.diagnostics());
    List<Statement> instances =
        tree.statements().stream()
            .filter(statement -> statement.keyword().is("vrrp_instance"))
            .toList();
    assertEquals(65_024, instances.size());
    assertEquals(2 * 65_024, tree.statements().size());
    assertEquals("vrrp4.0.0.1", instances.get(0).arguments().get(0).text());
    assertEquals("vrrp4.7.31.254", instances.get(65_023).arguments().get(0).text());
    assertEquals(
        instances.size(),
        instances.stream().map(each -> each.arguments().get(0).text()).distinct().count());
    assertEquals(
        """
        vrrp_instance vrrp4.7.31.254 {
          interface bond7.31
          use_vmac vrrp4.7.31.254
          virtual_router_id 254
          priority 130
          virtual_ipaddress {
            10.7.31.254/24
          }
          track_file {
            offset_instance_4.7.31.254
          }
        }
        """,
        TreePrinter.print(new SyntaxTree(instances.subList(65_023, 65_024), List.of())));
  }

  /**
   * Two things may want the same slot of a table, by chance, and then drive each other out all the
   * time: about one reading in a hundred. Not five in a row.
   */
  @Test
  void whatIsEqualIsOneObject() {
    int readings = 0;
    while (!sharesWhatIsEqual()) {
      readings++;
      assertTrue(readings < 5, "equal things were made again in five readings");
    }
  }

  private static boolean sharesWhatIsEqual() {
    List<Statement> instances =
        Parsing.parse(EXAMPLE.replace("0,31", "0,0")).statements().stream()
            .filter(statement -> statement.keyword().is("vrrp_instance"))
            .toList();
    int few = instances.size() / 10;
    return distinct(instances.stream().map(Statement::keyword)) < few
        && distinct(instances.stream().map(each -> inside(each, 0))) < few
        && distinct(instances.stream().map(each -> inside(each, 3))) < few;
  }

  private static int distinct(Stream<?> objects) {
    Map<Object, Boolean> seen = new IdentityHashMap<>();
    objects.forEach(each -> seen.put(each, true));
    return seen.size();
  }

  private static Statement inside(Statement statement, int index) {
    return statement.block().orElseThrow().statements().get(index);
  }

  @Test
  void tooMuchStopsWithADiagnosticWhereverTheBoundFalls() {
    for (int bytes = 1 << 20; bytes < (1 << 20) + 4096; bytes += 32) {
      SyntaxTree tree =
          new ConfigurationParser(MemoryLoader.of(EXAMPLE), Parsing.options(), bytes)
              .parse(Parsing.MAIN);
      assertEquals(
          List.of("configuration-too-large"),
          tree.diagnostics().stream().map(Diagnostic::code).toList());
      assertEquals(19, tree.diagnostics().get(0).subject().orElseThrow().line().number());
      assertTrue(tree.statements().size() > 100);
    }
  }

  @Test
  void endlessSequencesStop() {
    for (String line :
        List.of(
            "~SEQ(I,1,1000000000000) a$I",
            "~SEQ(I,1,1000000000000) @other a",
            "~SEQ(I,1,1000000) ~SEQ(J,1,1000000) a",
            "~SEQ(I,1,1000000000000) $Q${I}=1",
            "~SEQ(I,1,1000000000000) a \"",
            "~SEQ(I,1,1000000000000) {",
            "~SEQ(I,1,1000000000000) include none")) {
      SyntaxTree tree =
          new ConfigurationParser(MemoryLoader.of(line), Parsing.options(), 1 << 20)
              .parse(Parsing.MAIN);
      assertTrue(
          tree.diagnostics().stream()
              .anyMatch(each -> each.code().equals("configuration-too-large")),
          line);
    }
  }
}
