package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.Reading;
import org.jkeepalived.host.FakeSubsystem;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/** Which file takes the place of the one before. */
class ConfigurationInForceTest {

  private final Configuration none = FakeSubsystem.withFifo(Path.of("fifo"));
  private final Configuration one =
      new Configuration(none.globals(), List.of(TestInstance.of("name=A")));
  private Optional<Set<String>> links = Optional.empty();
  private final Queue<LoadedConfiguration> files = new ArrayDeque<>();
  private final ConfigurationInForce inForce =
      new ConfigurationInForce(ServingLifeTest.options(), options -> files.remove(), () -> links);

  private Optional<Configuration> read(Configuration configuration, String... notStarted) {
    files.add(new LoadedConfiguration(configuration, Set.of(notStarted), List.of()));
    return inForce.read();
  }

  @Test
  void instancesThatTheFileDoesNotNameAnyMoreMayGo() {
    assertTrue(read(one).isPresent());
    assertEquals(Optional.of(none), read(none, "something_else"));
  }

  @Test
  void instanceThatRunsAndCouldNotBeStartedKeepsTheOldFileInForce() {
    assertTrue(read(one).isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read(none, "A"));
      assertEquals(1, lines.count("(A) runs, and could not be started"));
    }
    assertEquals(Optional.of(one), read(one));
  }

  private static LoadedConfiguration files(String main, String own) {
    return Reading.withOwn(main, own);
  }

  private Optional<String> page(String main, String own) {
    files.add(files(main, own));
    assertTrue(inForce.read().isPresent());
    return inForce.httpAddress().map(Object::toString);
  }

  private static final String OWN = "jkeepalived {\n  http_address 127.0.0.1 9165\n}\n";

  @Test
  void aSlipInTheFileOfOurOwnClosesNoPage() {
    Optional<String> there = page("", OWN);
    assertTrue(there.isPresent());
    for (String slip :
        List.of(
            OWN.replace("http_address", "http_adress"),
            OWN.replace("9165", "916555"),
            OWN.replace("9165", "9166") + "nonsense\n",
            OWN.replace("jkeepalived", "keepalived"))) {
      try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
        assertEquals(there, page("", slip), slip);
        assertEquals(there, page("", slip), "also when it is read again");
        assertEquals(2, lines.count("settings of the block jkeepalived stay as they were"), slip);
      }
    }
    assertEquals(there, page("no_such_keyword\n", ""), "perhaps a block of it");
    assertTrue(page("no_such_keyword\n", OWN.replace("9165", "9166")).get().endsWith(":9166"));
    assertEquals(Optional.empty(), page("no_such_keyword\n", ""), "taken out");
  }

  /** From the start on a mistake is nothing new. */
  @Test
  void whatWasWrongBeforeHindersNothing() {
    assertTrue(page("", OWN + "nonsense\n").get().endsWith(":9165"));
    assertTrue(page("", OWN.replace("9165", "9166") + "nonsense\n").get().endsWith(":9166"));
  }

  @Test
  void whoWantsToSeeTheFirstFileSeesItBeforeItIsComplainedOf() {
    List<Boolean> seen = new ArrayList<>();
    inForce.sightFirst(first -> seen.add(first.life().oversight().jsonLog()));
    files.add(
        files("include_check\ninclude /no/such/file\n", "jkeepalived {\n  log_format json\n}\n"));
    inForce.read();
    assertEquals(List.of(true), seen);
  }

  private static final String WEB =
      """
      virtual_server 10.0.0.1 80 {
        lvs_sched rr
        protocol TCP
        real_server 10.0.0.11 80 {
        }
      }
      """;

  private Optional<Configuration> read(String text) {
    files.add(Reading.of("/k.conf", text));
    return inForce.read();
  }

  @Test
  void aSlipCostsNoVirtualServer() {
    assertTrue(read(WEB).isPresent());
    for (String slip :
        List.of(
            WEB.replace("virtual_server", "virtual_sever"),
            WEB.replace("10.0.0.1 80", "10.0.0.1 88888"),
            WEB.replace("real_server", "real_sever"))) {
      try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
        assertEquals(Optional.empty(), read(slip), slip);
        assertEquals(1, lines.count("VS [10.0.0.1]:tcp:80 runs, and is not in this file"), slip);
      }
    }
    assertTrue(read(WEB).isPresent());
  }

  private static final String PAIR =
      """
      vrrp_instance A {
        interface eth0
        virtual_router_id 1
        track_script {
        }
        virtual_ipaddress {
          10.0.0.1
        }
      }
      vrrp_instance B {
        interface eth0
        virtual_router_id 2
        virtual_ipaddress {
          10.0.0.2
        }
      }
      """;

  /** The file may end in the middle, as one does that is just being copied. */
  @Test
  void aSlipCostsNoInstanceItsAddresses() {
    assertTrue(read(PAIR).isPresent());
    for (String slip :
        List.of(
            PAIR.substring(0, PAIR.indexOf("  10.0.0.1")),
            PAIR.replace("track_script {", "track_script {{"),
            PAIR.replace("virtual_ipaddress", "virtual_ipadress"))) {
      try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
        assertEquals(Optional.empty(), read(slip), slip);
        assertTrue(lines.count(" runs, and ") > 0, slip);
      }
    }
    String renamed = PAIR.replace("instance A", "instance C") + "no_such_keyword\n";
    assertTrue(read(renamed).isPresent(), "it is the same one");
    assertTrue(read(PAIR.replace("10.0.0.1\n", "\n")).isPresent(), "nothing is wrong there");
  }

  /** Half of an address is somebody else's. */
  @Test
  void aFileThatIsCutOffAnywhereInAnInstanceKeepsTheOldOneInForce() {
    assertTrue(read(PAIR).isPresent());
    for (int end = PAIR.indexOf("vrrp_instance B {") + 17; end < PAIR.length() - 2; end++) {
      assertEquals(Optional.empty(), read(PAIR.substring(0, end)), PAIR.substring(0, end));
    }
    assertTrue(read(PAIR).isPresent());
  }

  @Test
  void aFileThatHasAlwaysLackedABraceIsReadAsEver() {
    String lacking = PAIR.substring(0, PAIR.length() - 2);
    assertTrue(read(lacking).isPresent());
    assertTrue(read(lacking.replace("10.0.0.2", "10.0.0.3")).isPresent());
  }

  /** A server that nobody checks any more counts as well, even if it is dead. */
  @Test
  void aSlipCostsNoRealServerItsCheck() {
    String checked = WEB.replace("11 80 {", "11 80 {\nTCP_CHECK {\n}");
    assertTrue(read(checked).isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read(checked.replace("TCP_CHECK", "TPC_CHECK")));
      assertEquals(
          1, lines.count("Real server [10.0.0.11]:tcp:80 of VS [10.0.0.1]:tcp:80 is checked"));
    }
    assertTrue(read(WEB).isPresent(), "without a slip it is what the operator means");
    assertTrue(read(checked).isPresent());
    assertTrue(read(checked.replace("TCP_CHECK", "PING_CHECK")).isPresent());
  }

  @Test
  void virtualServersThatTheFileDoesNotNameAnyMoreMayGo() {
    assertTrue(read("no_such_keyword\n" + WEB).isPresent());
    assertTrue(read("\n\nno_such_keyword\n").isPresent(), "what was wrong before is no news");
  }

  @Test
  void whatIsNewAndCostsNobodyAnythingKeepsNoReloadBack() {
    assertTrue(read(WEB).isPresent());
    String other =
        WEB.replace("10.0.0.1 80", "10.0.0.2 80")
            .replace("lvs_sched rr", "quorum_up \"/no/such/script\"\nlvs_shed rr");
    assertFalse(Reading.of("/k.conf", other.replace("lvs_shed rr", "")).diagnostics().isEmpty());
    assertTrue(read(other.replace("lvs_shed rr", "")).isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read(WEB.replace("lvs_sched rr", "lvs_shed rr")));
      assertEquals(1, lines.count("this may be why: Unknown keyword 'lvs_shed'"));
    }
  }

  @Test
  void theReasonEndsInOneFullStop() {
    assertTrue(read(PAIR).isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      String second = PAIR.substring(PAIR.indexOf("vrrp_instance B"));
      assertEquals(Optional.empty(), read("include /no/such/*.conf\n" + second));
      assertEquals(0, lines.count(".. "));
      assertEquals(1, lines.count("'. Correct that"));
    }
  }

  /** The slip that takes every address of a master at once. */
  @Test
  void aMisspeltLinkKeepsTheOldFileInForce() {
    assertTrue(read(PAIR).isPresent());
    links = Optional.of(Set.of("lo", "eth0", "eth1"));
    String moved = PAIR.replaceFirst("eth0", "eth1");
    assertTrue(read(moved).isPresent(), "that one is there");
    assertTrue(read(PAIR).isPresent());
    String slip = PAIR.replaceFirst("eth0", "eth9");
    String line =
        "(A): would leave eth0 for eth9, which does not exist; the old configuration stays in"
            + " force";
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read(slip));
      assertEquals(1, lines.count(line));
      assertEquals(0, lines.count("(yet)"));
    }
    assertEquals(List.of(line), inForce.remarks(Reading.of("/k.conf", slip)));
    assertEquals(Optional.empty(), inForce.acceptable(Reading.of("/k.conf", slip)));
    links = Optional.empty();
    assertTrue(read(slip).isPresent(), "nobody knows of links");
  }

  @Test
  void whatWaitsForItsLinkIsNamedAndCarriedOut() {
    links = Optional.of(Set.of("lo", "eth0"));
    String waiting = PAIR.replace("10.0.0.1", "10.0.0.1 dev eth7");
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertTrue(read(waiting).isPresent());
      assertEquals(0, lines.count("(yet)"), "at the start it says so itself");
      assertTrue(read(waiting).isPresent());
      String line = "(A): interface eth7 of 10.0.0.1 does not exist (yet): FAULT until it does";
      assertEquals(1, lines.count(line));
      assertEquals(List.of(line), inForce.remarks(Reading.of("/k.conf", waiting)));
    }
  }

  /** As an editor leaves it that is just writing, or a disk that was full. */
  @Test
  void anEmptyFileTakesNothingAway() {
    for (String text : List.of("", "# nothing\n\n! here\n")) {
      assertTrue(read("").isPresent(), "nothing runs, nothing is lost");
      for (String runs : List.of(PAIR, WEB)) {
        assertTrue(read(runs).isPresent());
        try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
          assertEquals(Optional.empty(), read(text));
          assertEquals(
              1, lines.count("the configuration is empty: to have nothing run, stop the daemon"));
        }
        assertTrue(read("global_defs {\n}\n").isPresent(), "somebody has taken all out");
      }
    }
  }

  /** COMPAT: in keepalived's words, and with its effect: nothing of the file is carried out. */
  @Test
  void aReloadDoesNotMoveTheTableToAnotherNamespace() {
    Optional<Configuration> blue = read("net_namespace_ipvs blue\n" + WEB);
    assertTrue(blue.isPresent());
    for (String other : List.of("", "net_namespace_ipvs\n", "net_namespace_ipvs red\n")) {
      try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
        assertEquals(Optional.empty(), read(other + WEB), other);
        assertEquals(
            1,
            lines.count(
                "Cannot change IPVS network namespace at a reload - please restart keepalived"));
      }
    }
    assertEquals(blue, read("namespace_with_ipsets\nnet_namespace_ipvs blue\n" + WEB));
  }

  /** Nothing runs that could be lost. */
  @Test
  void firstFileIsTakenWhateverItDoesNotStart() {
    assertEquals(Optional.of(none), read(none, "A"));
    assertEquals(ExitStatus.OK, inForce.refusal());
    assertEquals(Optional.of(none), read(none, "A"));
  }

  @Test
  void whatTheCommandLineSwitchesOffIsNotThere() {
    Configuration both =
        Reading.of(
                "/k.conf",
                """
                global_defs {
                  notify_fifo /all
                  vrrp_notify_fifo /vrrp
                  lvs_notify_fifo /lvs
                }
                vrrp_instance A {
                  interface eth0
                  virtual_router_id 1
                }
                virtual_server 10.0.0.1 80 {
                  real_server 10.0.0.11 80 {
                  }
                }
                """)
            .configuration();
    assertEquals(both, running(both, true, true));

    Configuration routers = running(both, true, false);
    assertEquals(both.instances(), routers.instances());
    assertEquals(Director.NONE, routers.director());
    assertEquals(List.of("/all", "/vrrp"), fifos(routers));

    Configuration servers = running(both, false, true);
    assertEquals(List.of(), servers.instances());
    assertEquals(both.director(), servers.director());
    assertEquals(List.of("/all", "/lvs"), fifos(servers));
  }

  private static Configuration running(Configuration whole, boolean vrrp, boolean checkers) {
    DaemonOptions usual = ServingLifeTest.options();
    DaemonOptions options =
        new DaemonOptions(
            usual.arguments(),
            usual.configuration(),
            new DaemonOptions.Subsystems(vrrp, checkers, false, false),
            usual.process(),
            usual.log(),
            usual.observation());
    LoadedConfiguration loaded = new LoadedConfiguration(whole, Set.of(), List.of());
    return new ConfigurationInForce(options, any -> loaded, Optional::empty).read().orElseThrow();
  }

  private static List<String> fifos(Configuration configuration) {
    Reporting reporting = configuration.reporting();
    return Stream.of(reporting.all(), reporting.vrrp(), reporting.lvs())
        .flatMap(Optional::stream)
        .map(fifo -> fifo.path().toString())
        .toList();
  }

  /** {@code reload_check_config} of the file that is in force; at the start nothing is checked. */
  @Test
  void aCheckedReloadTakesNoFileWithAFlaw() {
    String checked = "global_defs {\n reload_check_config /x.log\n}\n";
    assertTrue(read(checked + "foo\n").isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read("foo\n"));
      assertEquals(
          List.of(
              "validate conf before Reload",
              "Configuration file x.conf",
              "(/k.conf: Line 1) Unknown keyword 'foo'",
              "New config failed validation, see /x.log for details"),
          lines.all());
    }
    assertEquals(Optional.of("(/k.conf: Line 1) Unknown keyword 'foo'"), inForce.objection());
    assertTrue(read("").isPresent());
    assertTrue(read("foo\n").isPresent());
  }

  @Test
  void whoeverFollowsHearsOfWhatIsInForceAlone() {
    List<Configuration> heard = new ArrayList<>();
    inForce.follow(heard::add);
    read(one);
    read(none, "A");
    read(none);
    assertEquals(List.of(one, none), heard);
  }
}
