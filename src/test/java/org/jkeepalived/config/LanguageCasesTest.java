package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small files that showed a fault, each the smallest form of what stood in a real configuration:
 * what {@code -t} answers to them on a machine whose links are eth0 to eth4.
 */
class LanguageCasesTest {

  private static final Path CASES = Path.of("src/test/resources/org/jkeepalived/config/cases");
  private static final Set<String> LINKS = Set.of("eth0", "eth1", "eth2", "eth3", "eth4");

  private static LoadedConfiguration load(String file) throws IOException {
    String name = file + ".conf";
    return Reading.of(
        name,
        Map.of(name, Files.readString(CASES.resolve(name))),
        Optional.of(LINKS),
        Optional.empty());
  }

  private static Arguments answer(String file, int exit, String... lines) {
    return Arguments.of(file, exit, List.of(lines));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        answer("01-include-nomatch", 0, "1 Config files missing '/tmp/no-such-dir/*.conf'."),
        answer("02-brace-in-value", 5, "3 Unexpected '{' - ignoring"),
        answer("03-undefined-parameter", 5, "2 Parameter '${ROLE}' is not defined"),
        answer("04b-unknown-block-with-known-inside", 5, "1 Unknown keyword 'group'"),
        answer("05-unknown-block-in-instance", 5, "2 Unknown keyword 'trck_script'"),
        answer("13-vip-duplicate", 5, "7 (A): VIP duplicates a VIP 10.9.9.9 - ignoring"),
        answer(
            "13b-vip-duplicate-same",
            5,
            "7 (A): VIP duplicates a VIP 10.9.9.9 - ignoring",
            "8 (A): VIP duplicates a VIP 10.9.9.9 - ignoring",
            "9 (A): VIP duplicates a VIP 10.9.9.9 - ignoring"),
        answer("20-preempt-delay-undefined", 5, "2 invalid number '$UNDEF'"),
        answer(
            "21-self-reference",
            5,
            "3 Parameter $IF never comes to an end: does it refer to itself?",
            "(A) Unknown interface!"),
        answer(
            "28-garp-group-no-delay",
            5,
            "2 jkeepalived keeps the interval on each interface by itself, not across all of"
                + " 'interfaces'",
            "5 garp group 1 does not have any delay set - removing",
            "12 garp group 0 does not have any delay set - removing"),
        answer("29-track-file-deprecated", 0),
        answer("29b-track-file-no-dir", 0),
        answer("30-mcast-src-prefix", 0),
        answer(
            "40-script-defined-later",
            6,
            "8 (A) track script c not found, ignoring...",
            "Script user 'keepalived_script' does not exist: scripts run as root",
            "SECURITY VIOLATION - scripts are being executed but script_security not enabled.",
            "Warning - script c is not used"),
        answer(
            "43-nb_get_retry",
            5,
            "5 number '0' outside range [1, 2678400]",
            "5 persistence_timeout invalid",
            "11 nb_get_retry is deprecated - please use 'retry'",
            "14 Unknown keyword 'nb_get_retry'",
            "VS [10.0.0.1]:tcp:80: real server [10.0.0.2]:tcp:80 is duplicated - removing second"
                + " rs"),
        answer(
            "44-virtual-server-defaults",
            5,
            "2 number '0' outside range [0.000001, 18446744073709.551614]",
            "2 virtual server delay loop '0' invalid - ignoring",
            "5 Unknown keyword 'weitht'",
            "6 Invalid inhibit_on_failure parameter maybe",
            "8 invalid number 'abc'",
            "8 Invalid checker connect_port 'abc'",
            "9 Invalid bindto address x - ignoring",
            "Virtual server [10.0.0.1]:none:80: no protocol set - defaulting to UDP",
            "Virtual server [10.0.0.1]:udp:80: no scheduler set, setting default 'wlc'",
            "Virtual server [10.0.0.1]:udp:80: no forwarding method set, setting default NAT"),
        answer(
            "45-nat-mask",
            5,
            "5 keyword 'nat_mask' is no longer known to keepalived and has no effect"),
        answer(
            "46-lvs-sync-daemon-interface",
            5,
            "3 (A) Specifying lvs_sync_daemon_interface against a vrrp is deprecated.",
            "3         Please use global lvs_sync_daemon"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsItShould(String file, int exit, List<String> lines) throws IOException {
    LoadedConfiguration loaded = load(file);
    assertEquals(lines, loaded.diagnostics().stream().map(one -> numbered(file, one)).toList());
    assertEquals(exit, loaded.exitStatus().code());
  }

  private static String numbered(String file, Diagnostic one) {
    return PlainRenderer.render(one).replaceFirst("\\(" + file + ".conf: Line (\\d+)\\)", "$1");
  }

  @Test
  void whatIsWrongInABlockCostsNothingElseOfTheInstance() throws IOException {
    for (String file :
        List.of(
            "02-brace-in-value",
            "03-undefined-parameter",
            "04b-unknown-block-with-known-inside",
            "05-unknown-block-in-instance",
            "30-mcast-src-prefix")) {
      VrrpInstance instance = load(file).configuration().instances().get(0);
      assertEquals(5, instance.key().virtualRouterId(), file);
      assertEquals(1, instance.addresses().advertised().size(), file);
    }
  }

  @Test
  void anAddressThatIsNamedTwiceIsAdvertisedOnce() throws IOException {
    VrrpInstance instance = load("13-vip-duplicate").configuration().instances().get(0);
    assertEquals(
        List.of("eth1"),
        instance.addresses().advertised().stream().map(VirtualAddress::device).toList());
  }

  @Test
  void excludedAddressesCountAsNamed() {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            """
            vrrp_instance A {
              interface eth0
              virtual_router_id 5
              virtual_ipaddress {
                10.9.9.9
              }
              virtual_ipaddress_excluded {
                10.9.9.9/24
                10.9.9.8
                10.9.9.8
              }
            }
            """);
    assertEquals(1, loaded.configuration().instances().get(0).addresses().excluded().size());
    assertEquals(
        List.of(
            "(k.conf: Line 8) (A): VIP duplicates a VIP 10.9.9.9 - ignoring",
            "(k.conf: Line 10) (A): VIP duplicates a VIP 10.9.9.8 - ignoring"),
        loaded.diagnostics().stream().map(PlainRenderer::render).toList());
  }

  @Test
  void theSourceIsWhatStandsBeforeItsPrefix() throws IOException {
    assertEquals(
        "10.0.0.1",
        load("30-mcast-src-prefix")
            .configuration()
            .instances()
            .get(0)
            .protocol()
            .source()
            .orElseThrow()
            .getHostAddress());
  }

  static Stream<Arguments> hints() {
    return Stream.of(
        Arguments.of("virtual_router_id 5 // the {VRID}", "comments start with # or !"),
        Arguments.of("// priority 5", "comments start with # or !"),
        Arguments.of("script_user root", "'script_user' belongs in global_defs"),
        Arguments.of("prioritty 5", "did you mean 'priority'?"),
        Arguments.of("priority", "write: priority INTEGER [1, 255]"),
        Arguments.of("track_script { c }", "further down"));
  }

  @ParameterizedTest
  @MethodSource("hints")
  void saysWhatToDo(String line, String hint) {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            "vrrp_instance A {\n"
                + line.replace("{ c }", "{\n c\n }")
                + "\n}\nvrrp_script c {\n script \"/bin/true\"\n}\n");
    List<String> remedies =
        loaded.diagnostics().stream().flatMap(one -> one.remedy().stream()).toList();
    assertTrue(remedies.stream().anyMatch(text -> text.contains(hint)), remedies.toString());
  }

  @Test
  void anOldSpellingInTheWrongCheckerIsToldTheNewOne() throws IOException {
    assertTrue(
        load("43-nb_get_retry").diagnostics().stream()
            .anyMatch(one -> one.remedy().equals(Optional.of("use 'retry'"))));
  }

  @Test
  void messagesComeInTheOrderOfLines() {
    LoadedConfiguration loaded =
        Reading.of(
            "k.conf",
            Map.of(
                "k.conf",
                "bogus1\n${NONE}\ninclude more.conf\nbogus4\n",
                "/more.conf",
                "bogus\n${NONE} x\n"),
            Optional.empty(),
            Optional.empty());
    assertEquals(
        List.of("k.conf 1", "k.conf 2", "/more.conf 1", "/more.conf 2", "k.conf 4"),
        loaded.diagnostics().stream()
            .map(one -> one.subject().orElseThrow().line())
            .map(line -> line.file() + " " + line.number())
            .toList());
  }
}
