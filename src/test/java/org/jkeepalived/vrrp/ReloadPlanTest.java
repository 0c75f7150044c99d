package org.jkeepalived.vrrp;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instances are words: {@code A:51} is A with VRID 51, and what follows is more of it. */
class ReloadPlanTest {

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
           1 nothing at all           |                |                         |
           2 the same                 | A:51 B:52      | A:51 B:52               | A kept, B kept
           3 another order            | A:51 B:52      | B:52 A:51               | B kept, A kept
           4 one more                 | A:51           | A:51 B:52               | B added, A kept
           5 one less                 | A:51 B:52      | B:52                    | A removed, B kept
           6 the first                |                | A:51                    | A added
           7 the last                 | A:51           |                         | A removed
           8 another priority         | A:51           | A:51:priority=7         | A changed
           9 another interval         | A:51           | A:51:advert=3           | A changed
          10 another address          | A:51           | A:51:addresses=10.0.0.9 | A changed
          11 another VRID             | A:51           | A:52                    | A removed, A added
          12 another link             | A:51           | A:51:interface=eth1     | A removed, A added
          13 another version          | A:51           | A:51:version=3          | A changed
          14 another name             | A:51           | B:51                    | B changed
          15 names that swap VRIDs    | A:51 B:52      | A:52 B:51               | A changed, B changed
          17 another group            | A:51           | A:51:group=224.0.0.99   | A removed, A added
          18 another's name           | A:51 B:52      | B:51                    | B removed, B changed
          19 two of one VRID          | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3:priority=7 | B changed, A kept
          20 one of them renamed      | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | A:51:peers=10.0.0.2 C:51:peers=10.0.0.3 | C changed, A kept
          21 one of them with a peer more | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | A:51:peers=10.0.0.2,10.0.0.4 B:51:peers=10.0.0.3 | A changed, B kept
          22 renamed, with a peer more | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | C:51:peers=10.0.0.2,10.0.0.4 B:51:peers=10.0.0.3 | C changed, B kept
          23 one of them less         | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | B:51:peers=10.0.0.3     | A removed, B kept
          24 one more of that VRID    | A:51:peers=10.0.0.2 | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | B added, A kept
          25 neither name nor peers   | A:51:peers=10.0.0.2 B:51:peers=10.0.0.3 | C:51:peers=10.0.0.4     | A removed, B removed, C added
          26 other peers, other name  | A:51:peers=10.0.0.2 | B:51:peers=10.0.0.3     | B changed
          16 all at once              | A:51 B:52 C:53 | D:54 C:53:priority=7 A:51 | B removed, D added, C changed, A kept
          """)
  void tellsWhatBecomesOfEach(String what, String before, String after, String expected) {
    ReloadPlan plan = ReloadPlan.of(configuration(before), configuration(after));
    List<String> told = new ArrayList<>();
    plan.removed().forEach(each -> told.add(each.name() + " removed"));
    plan.added().forEach(each -> told.add(each.name() + " added"));
    plan.changed().forEach(each -> told.add(each.after().name() + " changed"));
    plan.kept().forEach(each -> told.add(each.name() + " kept"));
    assertEquals(Optional.ofNullable(expected).orElse(""), String.join(", ", told), what);
    assertEquals(configuration(after), plan.target());
    boolean nothing = told.stream().allMatch(each -> each.endsWith("kept"));
    assertEquals(nothing, plan.changesNothing());
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A:51                     | A:51                              |
          A:51                     | B:51:version=3                    |
          A:51:addresses=10.0.0.1  | A:51:addresses=10.0.0.1,10.0.0.2  | 10.0.0.2
          A:51:addresses=10.0.0.1  | A:51:addresses=10.0.0.3@eth1      | 10.0.0.3
          A:51:addresses=10.0.0.1  | A:52:addresses=10.0.0.1           | 10.0.0.1
          A:51:addresses=10.0.0.1  | A:51:addresses=10.0.0.1:excluded=10.0.0.4 B:52:addresses=10.0.0.5 | 10.0.0.5 10.0.0.4
          """)
  void tellsWhatIsNewToHold(String before, String after, String expected) {
    assertEquals(
        Optional.ofNullable(expected).orElse(""),
        ReloadPlan.of(configuration(before), configuration(after)).newObjects().stream()
            .map(KernelObject::name)
            .collect(Collectors.joining(" ")));
  }

  private static Configuration configuration(String words) {
    List<VrrpInstance> instances =
        Optional.ofNullable(words).stream()
            .flatMap(text -> Arrays.stream(text.split(" ")))
            .map(ReloadPlanTest::instance)
            .toList();
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        instances);
  }

  private static VrrpInstance instance(String word) {
    String[] parts = word.split(":");
    List<String> words = new ArrayList<>(List.of("name=" + parts[0], "vrid=" + parts[1]));
    words.addAll(List.of(parts).subList(2, parts.length));
    return TestInstance.of(words.toArray(String[]::new));
  }

  private static String news(String before, String after) {
    return String.join(" | ", ReloadPlan.of(configuration(before), configuration(after)).news());
  }

  @Test
  void theLogHearsOfWhatMatters() {
    assertEquals(
        "removed B | changed C: priority 100 -> 7 | added D: VRID 54 on eth0, priority 100",
        news("A:51 B:52 C:53", "D:54 C:53:priority=7 A:51:advert=3"));
    assertEquals("changed A: name A -> B", news("A:51", "B:51"));
    assertTrue(news("A:51", "A:51:addresses=10.0.0.9").startsWith("changed A: virtual_ipaddress "));
  }

  @Test
  void theLogHearsWhyOneIsAnotherRouter() {
    assertEquals(
        "removed A and added anew, as another virtual router: virtual_router_id 51 -> 52"
            + " | added A: VRID 52 on eth0, priority 100",
        news("A:51", "A:52"));
    assertTrue(news("A:51", "A:51:interface=eth1").contains("interface eth0 -> eth1"));
    assertTrue(news("A:51", "A:51:group=224.0.0.99").contains("-> 224.0.0.99"));
  }

  @Test
  void whatOursHeldBeforeIsKnown() {
    ReloadPlan plan =
        ReloadPlan.of(
            configuration("A:51:addresses=10.0.0.1 B:53:addresses=10.0.0.2"),
            configuration("A:52:addresses=10.0.0.1 B:53:addresses=10.0.0.2"));
    assertEquals(
        List.of("10.0.0.1"), plan.formerObjects().stream().map(KernelObject::name).toList());
  }

  @Test
  void theLogHearsOfNoMoreThanAPersonReads() {
    String many =
        IntStream.rangeClosed(1, 23).mapToObj(i -> "V" + i + ":" + i).collect(joining(" "));
    List<String> all = List.of(news(many, "A:51").split(" \\| "));
    assertEquals(21, all.size());
    assertEquals("and 4 more", all.get(20));
  }
}
