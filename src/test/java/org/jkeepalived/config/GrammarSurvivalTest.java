package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sequence of words makes the grammar throw, and what it lets through is sound. */
final class GrammarSurvivalTest {

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "2",
          "3",
          "-1",
          "255",
          "256",
          "4095",
          "0.01",
          "40.95",
          "4294967296",
          "1e9",
          "99999999999999999999999999999999999999999999",
          "on",
          "off",
          "MASTER",
          "10.0.0.1/24",
          "10.0.0.1",
          "fe80::1",
          "::ffff:1.2.3.4",
          "224.0.0.18",
          "1.2.3.4/",
          "dev",
          "brd",
          "+",
          "-",
          "label",
          "scope",
          "peer",
          "ens33",
          "weight",
          "reverse",
          "V1",
          "V2",
          "/bin/x",
          "/bin/x 'a",
          "/bin/x a && b",
          "'",
          "\\",
          "\u0000",
          "\u001b[31m",
          "\ud800",
          "é".repeat(9));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void survivesAnyWords(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> keywords = new ArrayList<>(List.of("jkeepalived", "compat", "nonsense"));
    for (String line :
        Files.readAllLines(
            Path.of("src/main/resources/org/jkeepalived/config/grammar/keywords.tsv"))) {
      if (!line.startsWith("#")) {
        keywords.add(line.split("\t")[1]);
      }
    }
    for (int round = 0; round < 300; round++) {
      String text = text(random, keywords);
      LoadedConfiguration loaded =
          Reading.of("k", Map.of("k", text), Optional.of(Set.of("ens33")), Optional.empty());
      for (Diagnostic diagnostic : loaded.diagnostics()) {
        assertTrue(!PlainRenderer.render(diagnostic).isEmpty());
      }
      assertTrue(
          new TerminalRenderer(true)
              .render(loaded.diagnostics())
              .chars()
              .noneMatch(c -> c == 0 || c == 7));
      loaded.configuration().instances().forEach(GrammarSurvivalTest::requireSound);
      requireSoundTracking(loaded.configuration());
    }
  }

  private static String text(Random random, List<String> keywords) {
    StringBuilder text = new StringBuilder();
    int open = 0;
    for (int line = 0; line < 60; line++) {
      int kind = random.nextInt(10);
      if (kind == 0) {
        text.append("vrrp_instance V").append(random.nextInt(5)).append(" {\n");
        text.append("interface ens33\nvirtual_router_id ").append(random.nextInt(300));
        text.append("\nvirtual_ipaddress {\n10.0.0.1\n}\n");
        open++;
      } else if (kind == 2 && random.nextInt(3) == 0) {
        String group = "vrrp_sync_group V%d {\ngroup {\nV1\nV%d\n}\n";
        text.append("}\n".repeat(open)).append(group.formatted(random.nextInt(3), line % 5));
        open = 1;
      } else if (kind == 3 && random.nextInt(3) == 0) {
        String name = "V" + random.nextInt(3);
        text.append("}\n".repeat(open));
        text.append("vrrp_script %s {\nscript /bin/x\n}\n".formatted(name));
        text.append("track_file %s {\nfile /etc/x\n}\n".formatted(name));
        text.append("vrrp_track_process %s {\nprocess x\n".formatted(name));
        open = 1;
      } else if (kind == 1 && open > 0) {
        text.append("}\n");
        open--;
      } else {
        text.append(keywords.get(random.nextInt(keywords.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
          text.append(' ').append('"').append(VALUES.get(random.nextInt(VALUES.size())));
          text.append('"');
        }
        if (random.nextInt(4) == 0) {
          text.append(" {");
          open++;
        }
        text.append('\n');
      }
    }
    return text.append("}\n".repeat(open)).toString();
  }

  private static void requireSoundTracking(Configuration configuration) {
    for (ScriptTracker script : configuration.trackers().scripts()) {
      assertTrue(script.intervalNanos() > 0 && script.timeoutNanos() > 0);
      assertTrue(script.rise() > 0 && script.fall() > 0);
      assertTrue(Math.abs(script.weight().value()) <= 253);
    }
    for (ProcessTracker process : configuration.trackers().processes()) {
      assertTrue(process.quorum() >= 0 && process.quorumMax() >= process.quorum());
    }
    Set<String> names = new HashSet<>();
    configuration.instances().forEach(instance -> assertTrue(names.add(instance.name())));
    Set<String> members = new HashSet<>();
    List<Tracked> things = new ArrayList<>();
    configuration.instances().forEach(instance -> things.addAll(instance.tracking().things()));
    for (SyncGroup group : configuration.groups()) {
      assertTrue(!group.members().isEmpty() && names.containsAll(group.members()));
      group.members().forEach(member -> assertTrue(members.add(member), member));
      things.addAll(group.things());
    }
    for (Tracked tracked : things) {
      assertTrue(Math.abs(tracked.weight().value()) <= 254);
      assertTrue(isDefined(tracked.thing(), configuration.trackers()), tracked.toString());
    }
  }

  private static boolean isDefined(Tracked.Thing thing, Trackers trackers) {
    return switch (thing.kind()) {
      case INTERFACE -> true;
      case SCRIPT -> trackers.scripts().stream().anyMatch(s -> s.name().equals(thing.name()));
      case FILE -> trackers.files().stream().anyMatch(f -> f.name().equals(thing.name()));
      case PROCESS -> trackers.processes().stream().anyMatch(p -> p.name().equals(thing.name()));
    };
  }

  private static void requireSound(VrrpInstance instance) {
    VrrpInstance.Protocol protocol = instance.protocol();
    long unitNanos = protocol.version() == 2 ? 1_000_000_000L : 10_000_000L;
    long units = protocol.advertIntervalNanos() / unitNanos;
    assertTrue(protocol.version() == 2 || protocol.version() == 3);
    assertTrue(protocol.advertIntervalNanos() % unitNanos == 0);
    assertTrue(units >= 1 && units <= (protocol.version() == 2 ? 255 : 4095));
    assertTrue(protocol.downTimerAdverts() >= 1 && protocol.downTimerAdverts() <= 100);
    assertTrue(instance.key().virtualRouterId() >= 1 && instance.key().virtualRouterId() <= 255);
    assertTrue(instance.key().group().map(InetAddress::isMulticastAddress).orElse(true));
    assertEquals(instance.key().isUnicast(), !instance.protocol().unicast().peers().isEmpty());
    assertTrue(instance.election().priority() >= 1 && instance.election().priority() <= 255);
    assertTrue(instance.election().priority() < 255 || instance.election().preempt());
    assertTrue(!instance.election().initialMaster() || instance.election().preempt());
  }
}
