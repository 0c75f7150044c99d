package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;

/** The dump beside what keepalived 2.2.7 wrote with the same configuration. */
final class LvsDumpTest {

  /** What keepalived's dump has and this program does not know, or does not have. */
  private static final List<String> LEFT_OUT =
      List.of(
          "System is compiled with",
          "Hashed =",
          "Retries iterations =",
          "previous effective_weight =",
          "reloaded =",
          "Alive: ",
          // all options there are, whatever was asked for
          "Regex options: allow_empty",
          "Failed URL =",
          "Regex ref count =",
          "Last ran = 0.000000",
          // here what checker_log_all_failures says is not in it
          "Log all failures =",
          // none of its own: delay_loop is the bound
          "timeout = 0",
          // as by default, and said again
          "Delay before retry = 1000000 us",
          "Last status =");

  /** What keepalived's dump does not have. */
  private static final List<String> OURS =
      List.of(
          "Weight of living real servers =",
          "Sorry server serves =",
          "Regex options: c",
          "Log all failures =",
          "timeout = 2",
          // that of the virtual server or the real server
          "Virtual host = (www|rs)",
          "Delay before retry = 1000000 us",
          "Runs =",
          "Failures =");

  private static final CommandFacts FACTS =
      new CommandFacts() {
        @Override
        public Optional<String> program(Command command) {
          return Optional.empty();
        }

        @Override
        public Optional<Ids> ids(Account account) {
          return Optional.of(account.user().equals("root") ? new Ids(0, 0) : new Ids(65534, 65534));
        }

        @Override
        public Optional<Ids> own() {
          return Optional.of(new Ids(0, 0));
        }
      };
  private static final ReportContext CONTEXT =
      new ReportContext(LocalClock.of(ZoneId.of("Europe/Paris")), Optional.empty(), FACTS);

  @Test
  void everyKeywordHasItsLine() throws IOException {
    compare(
        "every-keyword", server -> server.checks().stream().noneMatch(LvsDumpTest::alpha), false);
  }

  @Test
  void aLostQuorumIsTold() throws IOException {
    compare("quorum-lost", server -> server.address().addressText().endsWith(".13"), true);
  }

  @Test
  void aGroupIsTold() throws IOException {
    compare("group-down", server -> false, true);
  }

  @Test
  void rangesAndMarksOfAGroupAreTold() throws IOException {
    compare("group-ranges", server -> true, true);
  }

  @Test
  void marksOfGroupsAreTold() throws IOException {
    compare("marked", server -> true, true);
    List<String> lines = new ArrayList<>();
    LvsSamples.of(resource("marked.conf"), server -> true, true).data(CONTEXT, lines::add);
    assertTrue(
        lines.containsAll(
            resource("marked.data").lines().filter(line -> line.contains("nftables ")).toList()),
        lines::toString);
  }

  @Test
  void patternsAreTold() throws IOException {
    compare("patterns", server -> false, true);
  }

  @Test
  void checksOfMailServersAreTold() throws IOException {
    compare("mail", server -> false, true);
  }

  @Test
  void checksOfNameServersAreTold() throws IOException {
    compare("names", server -> false, true);
  }

  @Test
  void groupsOfBothFamiliesAreTold() throws IOException {
    compare("families", server -> false, true);
  }

  @Test
  void datagramsAreTold() throws IOException {
    compare("udp", server -> server.address().addressText().endsWith(".200"), true);
  }

  @Test
  void filesAreTold() throws IOException {
    compare("files", server -> true, true);
  }

  private static boolean alpha(Check check) {
    return check.schedule().alpha();
  }

  /** What the globals say of virtual servers; the rest of them is common to all dumps. */
  @Test
  void whatGlobalsSayOfVirtualServersIsTold() throws IOException {
    for (String name : List.of("every-keyword", "process")) {
      List<String> lines = new ArrayList<>();
      LvsSamples.of(resource(name + ".conf"), server -> true, false).data(CONTEXT, lines::add);
      assertEquals(ofBalancing(resource(name + ".data").lines().toList()), ofBalancing(lines));
    }
  }

  private static List<String> ofBalancing(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.contains("< LVS Topology >"))
        .filter(
            line -> line.matches(" (Network namespace ipvs|LVS process|Checker [pdr]|lvs_|rs_).*"))
        .toList();
  }

  private static void compare(String name, Predicate<RealServer> alive, boolean ran)
      throws IOException {
    List<String> lines = new ArrayList<>();
    LvsSamples.of(resource(name + ".conf"), alive, ran).data(CONTEXT, lines::add);
    String expected = without(LEFT_OUT, resource(name + ".data").lines().toList());
    assertEquals(
        expected
            // a group that no virtual server has is not kept
            .replaceAll("(?s)\n ------< [^\n]* group >------\n[^\n]* = nat,.*?(?=\n ---)", "")
            // a quorum of 0 minus 1 is no hysteresis
            .replace("hysteresis = 4294967295", "hysteresis = 0"),
        without(OURS, lines));
  }

  /** From the topology on, for the globals are common to all dumps. */
  private static String without(List<String> prefixes, List<String> lines) {
    String pattern = " *(" + String.join("|", prefixes) + ").*";
    int from = lines.indexOf("------< LVS Topology >------");
    assertTrue(from > 0, lines.toString());
    return String.join(
        "\n",
        lines.subList(from, lines.size()).stream().filter(line -> !line.matches(pattern)).toList());
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = LvsDumpTest.class.getResourceAsStream("lvs/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
