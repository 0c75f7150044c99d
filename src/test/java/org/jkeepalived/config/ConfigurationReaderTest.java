package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.FileSystemLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files on a disk to what {@code -t} prints. */
final class ConfigurationReaderTest {

  @TempDir Path directory;

  private String check(boolean terminal) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigurationReader reader =
        new ConfigurationReader(
            new FileSystemLoader(),
            new HostFacts(Map.of(), new Reading.Permissive()).forTest(Optional.of("node1"), false));
    int exit =
        ConfigurationCheck.run(
            directory.resolve("k.conf").toString(),
            reader,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            terminal,
            false);
    return out.toString(StandardCharsets.UTF_8).replace(directory + "/", "") + "exit " + exit;
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  @Test
  void saysNothingAboutAnEmptyFile() throws IOException {
    write("k.conf", "");

    assertEquals("exit 0", check(false));
  }

  @Test
  void cannotRunWithoutAFile() {
    assertTrue(check(false).endsWith("exit 2"));
  }

  /** Not what is wrong with the part that was read. */
  @Test
  void saysOnlyThatAFileIsTooLarge() throws IOException {
    write("k.conf", "vrrp_instance A {\n  bogus\n}\n~SEQ(I,1,1000000000000) @other a\n");

    assertEquals(
        "(k.conf: Line 4) The configuration grows too large: more than 3,000,000 lines; line 4 of"
            + " k.conf makes 2,999,998 lines, 0 KiB, of it: reading stops\nexit 5",
        check(false));
  }

  @Test
  void showsWhatIsUnderstoodWithItsPlaceAndTheDefaults() throws IOException {
    write("k.conf", "$PRIO=150\ninclude " + directory + "/sub.conf\n");
    write(
        "sub.conf",
        "vrrp_instance A {\n  interface lo\n  virtual_router_id 7\n  priority $PRIO\n"
            + "  authentication {\n    auth_type PASS\n    auth_pass geheim\n  }\n  bogus 1\n}\n");
    List<String> lines = new ArrayList<>();
    new ConfigurationReader(
            new FileSystemLoader(),
            new HostFacts(Map.of(), new Reading.Permissive()).forTest(Optional.of("node1"), false))
        .show(directory.resolve("k.conf").toString(), lines::add);
    String text = String.join("\n", lines);
    assertTrue(text.matches("(?s)vrrp_instance A \\{ +# \\S*sub.conf:1\n.*\n}"), text);
    assertTrue(text.matches("(?s).*\n  priority 150 +# \\S*sub.conf:4\n.*"), text);
    assertTrue(text.matches("(?s).*\n    auth_pass \\*+ +# \\S*sub.conf:7\n.*"), text);
    assertTrue(text.matches("(?s).*\n# not understood: bogus 1 +# \\S*sub.conf:9\n.*"), text);
    assertTrue(text.matches("(?s).*\n  # preempt_delay 0 +# default.*"), text);
    assertTrue(!text.contains("geheim") && !text.contains("# priority"), text);
  }

  private String shown(String text) throws IOException {
    write("k.conf", text);
    List<String> lines = new ArrayList<>();
    new ConfigurationReader(
            new FileSystemLoader(),
            new HostFacts(Map.of(), new Reading.Permissive()).forTest(Optional.of("node1"), false))
        .show(directory.resolve("k.conf").toString(), lines::add);
    return String.join("\n", lines).replaceAll(" +#", " #").replaceAll("# \\S*/k.conf", "# k.conf");
  }

  /** As the daemon runs it, whatever the spelling. */
  @Test
  void showsNoDefaultOfWhatAnOldSpellingSays() throws IOException {
    String server = "virtual_server 10.0.0.1 80 {\n real_server 10.0.0.11 80 {\n }\n";
    String without = shown(server + "}\n");
    assertTrue(without.contains("# lvs_sched wlc # default"), without);
    assertTrue(without.contains("# lvs_method"), without);
    String old = shown(server + " lb_algo rr\n lb_kind DR\n}\n");
    assertTrue(old.contains("\n  lb_algo rr # k.conf:4\n  lb_kind DR # k.conf:5\n"), old);
    assertTrue(!old.contains("# lvs_sched") && !old.contains("\n  # lvs_method"), old);
  }

  @Test
  void showsThePortThatAServerIsSpokenTo() throws IOException {
    String servers =
        " real_server 10.0.0.11 8080 {\n }\n real_server 10.0.0.12 8080 {\n  lvs_method NAT\n }\n"
            + " sorry_server 10.0.0.13 8080\n}\n";
    String reset = ", not 8080: DR keeps the port of the service\n";
    String direct = shown("virtual_server 10.0.0.1 80 {\n lb_kind DR\n" + servers);
    assertTrue(direct.contains("\n  real_server 10.0.0.11 80 { # k.conf:3" + reset), direct);
    assertTrue(direct.contains("\n  real_server 10.0.0.12 8080 { # k.conf:5\n"), direct);
    assertTrue(direct.contains("\n  sorry_server 10.0.0.13 80 # k.conf:8" + reset), direct);
    String marked = shown("virtual_server fwmark 5 {\n lvs_method DR\n" + servers);
    assertTrue(marked.contains("\n  real_server 10.0.0.11 { # k.conf:3" + reset), marked);
    for (String asWritten :
        List.of("virtual_server 10.0.0.1 80 {\n", "virtual_server group G {\n lvs_method DR\n")) {
      String text = shown(asWritten + servers);
      assertTrue(text.contains("\n  real_server 10.0.0.11 8080 { # k.conf:"), text);
    }
  }

  @Test
  void readsOwnSettingsBesideTheFileAndNothingElseThere() throws IOException {
    write("k.conf", "vrrp_instance A {\n  interface lo0\n}\n");
    write("jkeepalived.conf", "jkeepalived {\n  compat 1.3\n  bogus\n}\nvrrp_instance B {\n}\n");

    assertEquals(
        """
        (k.conf: Line 2) WARNING - interface lo0 for vrrp_instance A doesn't exist
        (jkeepalived.conf: Line 3) Unknown keyword 'bogus'
        (jkeepalived.conf: Line 5) Unknown keyword 'vrrp_instance'
        (A) the virtual router id must be set
        exit 5\
        """,
        check(false));
  }

  @Test
  void namesTheIncludedFileAndItsPlace() throws IOException {
    write("k.conf", "include more.conf\n");
    write("more.conf", "vrrp_instance A {\n  @node1 priorety 5\n  @node2 bogus\n}\n");

    assertEquals(
        """
        (more.conf: Line 2) Unknown keyword 'priorety'
            2 |   @node1 priorety 5
              |          ^^^^^^^^ did you mean 'priority'?
              included from k.conf line 1
        (A) the virtual router id must be set
            1 | vrrp_instance A {
              |               ^
              included from k.conf line 1
        exit 5\
        """,
        check(true));
  }

  @Test
  void showsTheLineOfTheParameterThatAWordCameFrom() throws IOException {
    write("k.conf", "global_defs {\n  $P=\\\n  router_id x\\\n  vrrp_versoin 3\n  $P\n}\n");

    assertEquals(
        """
        (k.conf: Line 5) Unknown keyword 'vrrp_versoin'
            5 |   $P
              |   ^^ did you mean 'vrrp_version'?
              from a parameter's line 4: vrrp_versoin 3
        exit 5\
        """,
        check(true));
  }

  @Test
  void theManualsSequencesMakeInstances() throws IOException {
    write(
        "k.conf",
        """
        $VRRP=\\
        vrrp_instance v${IF}_${ID} {\\
          interface e${IF}\\
          virtual_router_id ${ID}\\
          virtual_ipaddress {\\
            10.${IF}.0.${ID}/16\\
          }\\
        }
        ~SEQ(IF, 1, 4) ~SEQ(ID, 1, 255) $VRRP
        """);
    LoadedConfiguration loaded =
        new ConfigurationReader(
                new FileSystemLoader(),
                new HostFacts(Map.of(), new Reading.Permissive())
                    .forDaemon(Optional.empty(), false))
            .read(directory.resolve("k.conf").toString());

    assertEquals(1020, loaded.configuration().instances().size());
    assertEquals(ExitStatus.OK, loaded.exitStatus());
  }
}
