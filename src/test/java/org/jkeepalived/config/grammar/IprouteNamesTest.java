package org.jkeepalived.config.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.IprouteNames.File;
import org.jkeepalived.config.syntax.SourceLoader;
import org.junit.jupiter.api.Test;

class IprouteNamesTest {

  private final Map<String, String> files = new HashMap<>();
  private final IprouteNames names = new IprouteNames(new Files());

  private final class Files implements SourceLoader {
    @Override
    public String directoryOf(String path) {
      return "/";
    }

    @Override
    public List<String> resolve(String directory, String pattern) {
      String beginning = pattern.substring(0, pattern.indexOf('*'));
      return files.keySet().stream().filter(name -> name.startsWith(beginning)).sorted().toList();
    }

    @Override
    public boolean isDirectory(String directory, String path) {
      return false;
    }

    @Override
    public Read read(String path) {
      return Optional.ofNullable(files.get(path))
          .map(Read::of)
          .orElseGet(() -> Read.failed("is missing"));
    }
  }

  private OptionalLong table(String word) {
    return names.number(File.TABLES, word, 0xFFFF_FFFFL);
  }

  @Test
  void aNumberIsOneInAnyBaseAndNeedsNoFile() {
    assertEquals(OptionalLong.of(100), table("100"));
    assertEquals(OptionalLong.of(16), table("0x10"));
    assertEquals(OptionalLong.of(8), table("010"));
    assertEquals(OptionalLong.of(0xFFFF_FFFFL), table("4294967295"));
    assertEquals(OptionalLong.empty(), table("4294967296"));
    assertEquals(OptionalLong.empty(), table("-1"));
    assertEquals(OptionalLong.empty(), table("09"));
    assertEquals(OptionalLong.empty(), table(""));
  }

  @Test
  void whatIproute2KnowsItselfNeedsNoFile() {
    assertEquals(OptionalLong.of(254), table("main"));
    assertEquals(OptionalLong.empty(), table("mine"));
    assertTrue(names.remedy(File.TABLES).contains("/etc/iproute2/rt_tables"));
  }

  @Test
  void theFirstThatSaysItCounts() {
    files.put("/usr/share/iproute2/rt_tables", "7 mine\n8 theirs # a comment\n");
    files.put("/etc/iproute2/rt_tables", "# 1 nothing\n0x64\tmine\n\n300 other rest\nbroken\n");
    files.put("/etc/iproute2/rt_tables.d/more.conf", "9 mine\n10 more\n");

    assertEquals(OptionalLong.of(100), table("mine"));
    assertEquals(OptionalLong.of(8), table("theirs"));
    assertEquals(OptionalLong.of(300), table("other"));
    assertEquals(OptionalLong.of(10), table("more"));
    assertEquals(OptionalLong.empty(), table("nothing"));
  }

  @Test
  void frrsStaticRoutesAreNotTheKernels() {
    files.put("/etc/iproute2/rt_protos", "4 static\n");
    files.put("/etc/iproute2/rt_protos.d/frr.conf", "186 bgp\n196 static\n");

    assertEquals(OptionalLong.of(4), names.number(File.PROTOCOLS, "static", 255));
    assertEquals(OptionalLong.of(186), names.number(File.PROTOCOLS, "bgp", 255));
    assertEquals(OptionalLong.empty(), names.number(File.PROTOCOLS, "bgp", 185));
  }

  @Test
  void otherDirectoriesTakeThePlaceOfTheUsualOnes() {
    files.put("/etc/iproute2/rt_tables", "7 mine\n");
    files.put("/opt/etc/rt_tables", "8 mine\n");
    assertEquals(OptionalLong.of(7), table("mine"));
    names.setMachineDirectory("/opt/etc");
    assertEquals(OptionalLong.of(8), table("mine"));
    names.setMachineDirectory("/nowhere");
    names.setDistributionDirectory("/opt/etc");
    assertEquals(OptionalLong.of(8), table("mine"));
  }

  @Test
  void transportsAreThoseOfTheMachine() {
    assertEquals(OptionalLong.of(17), names.transport("UDP", 255));
    files.put("/etc/protocols", "# x\nospf 89 OSPFIGP # too\n");
    IprouteNames more = new IprouteNames(new Files());
    assertEquals(OptionalLong.of(89), more.transport("OSPFIGP", 255));
    assertEquals(OptionalLong.of(89), more.transport("ospf", 255));
    assertEquals(OptionalLong.empty(), more.transport("nonsense", 255));
    assertEquals(OptionalLong.empty(), more.transport("256", 255));
  }
}
