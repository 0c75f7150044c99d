package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operators' files in {@code conf/scenarios} load as they are. */
final class ScenarioTest {

  private static final Path SCENARIOS = Path.of("conf/scenarios");

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".conf"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static LoadedConfiguration load(String file) throws IOException {
    return Reading.of(file, Files.readString(SCENARIOS.resolve(file)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void runsWithoutUnknownWords(String file) throws IOException {
    LoadedConfiguration loaded = load(file);

    assertTrue(loaded.canRun());
    assertEquals(
        List.of(),
        loaded.diagnostics().stream().filter(d -> d.code().equals("unknown-keyword")).toList());
    assertEquals(
        Files.readString(SCENARIOS.resolve(file)).split("vrrp_instance ", -1).length - 1,
        loaded.configuration().instances().size());
  }

  @Test
  void singleMasterSaysWhatKeepalivedSays() throws IOException {
    LoadedConfiguration loaded = load("single-master-k1.conf");

    assertEquals(
        """
        (single-master-k1.conf: Line 13) number '0' outside range [0.000001, 4294.967295]
        (single-master-k1.conf: Line 13) vrrp_garp_interval '0' is invalid
        (single-master-k1.conf: Line 14) vrrp_iptables without a chain: no firewall rules, the virtual addresses answer
        (single-master-k1.conf: Line 15) number '0' outside range [0.000001, 4294.967295]
        (single-master-k1.conf: Line 15) vrrp_gna_interval '0' is invalid
        (VI_1) State MASTER must match being address owner
        (VI_1) Strict mode does not support authentication. Ignoring.
        """,
        plain(loaded));
    assertEquals(ExitStatus.CONFIGURATION_ERRORS, loaded.exitStatus());

    VrrpInstance instance = loaded.configuration().instances().get(0);
    assertEquals("224.0.45.1", instance.key().group().orElseThrow().getHostAddress());
    assertEquals(false, instance.election().initialMaster());
    assertEquals(true, instance.conduct().accept());
    assertEquals(Authentication.NONE, instance.protocol().authentication());
    assertEquals(Optional.of("ens33:0"), instance.addresses().advertised().get(0).label());
  }

  @Test
  void compat13KeepsThePasswordInStrictMode() throws IOException {
    LoadedConfiguration loaded =
        Reading.of(
            "/k",
            Map.of(
                "/k",
                Files.readString(SCENARIOS.resolve("single-master-k1.conf")),
                "/jkeepalived.conf",
                "jkeepalived {\n  compat 1.3\n}\n"),
            Optional.empty(),
            Optional.empty());

    Authentication authentication =
        loaded.configuration().instances().get(0).protocol().authentication();
    assertEquals(Authentication.Type.SIMPLE_PASSWORD, authentication.type());
  }

  @Test
  void onlyWhatKeepalivedHasGivenUpHasNoEffect() throws IOException {
    assertEquals(
        List.of("keyword 'nat_mask' is no longer known to keepalived and has no effect"),
        load("lvs-dual-master-fwmark.conf").diagnostics().stream()
            .filter(diagnostic -> diagnostic.message().contains("no effect"))
            .map(Diagnostic::message)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeywordHasItsEffect(String file) throws IOException {
    List<String> without =
        load(file).diagnostics().stream()
            .filter(diagnostic -> diagnostic.code().equals("unsupported-keyword"))
            .map(diagnostic -> diagnostic.subject().orElseThrow().text())
            .filter(word -> !word.equals("nat_mask"))
            .toList();

    assertEquals(List.of(), without);
  }

  @Test
  void aLineForAShellGoesToAShell() throws IOException {
    LoadedConfiguration loaded = load("maintenance-file-k1.conf");

    assertEquals(
        List.of(
            "/bin/sh",
            "-c",
            "/bin/bash -c '[[ -e /etc/keepalived/down ]]' && exit 1 || exit 0",
            "sh"),
        loaded.configuration().trackers().scripts().get(0).command().words());
    assertEquals(
        1, loaded.diagnostics().stream().filter(d -> d.code().equals("aside-shell-line")).count());
    assertEquals(
        List.of(new Tracked(new TrackTarget(TrackKind.SCRIPT, "maint"), new Weight(-5, false))),
        loaded.configuration().instances().get(0).tracking().things());
  }

  @Test
  void aSyncGroupHasItsMembers() throws IOException {
    assertEquals(
        List.of(new SyncGroup("VG_1", List.of("VI_1", "VI_2"), List.of(), Notifications.NONE)),
        load("sync-group-nat.conf").configuration().groups());
  }

  private static String plain(LoadedConfiguration loaded) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      text.append(PlainRenderer.render(diagnostic)).append('\n');
    }
    return text.toString();
  }
}
