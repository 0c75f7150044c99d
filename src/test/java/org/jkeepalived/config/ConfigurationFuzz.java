package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Places;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/**
 * Configurations as bytes. Form feeds separate files: the main one, jkeepalived.conf, a.conf and
 * b.conf, which it may include.
 */
final class ConfigurationFuzz {

  private static final List<String> FILES = List.of("k", "/jkeepalived.conf", "/a.conf", "/b.conf");

  @FuzzTest(maxDuration = "")
  void configuration(byte[] bytes) {
    Map<String, String> files = files(decode(bytes));
    LoadedConfiguration loaded = read(files);
    Soundness.require(loaded.configuration());
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      diagnostic.subject().ifPresent(Places::check);
      diagnostic.related().forEach(Places::check);
      assertTrue(!diagnostic.code().isEmpty());
      String line = PlainRenderer.render(diagnostic);
      assertTrue(!line.isEmpty() && line.indexOf('\n') < 0, line);
    }
    assertTrue(
        new TerminalRenderer(true)
            .render(loaded.diagnostics())
            .chars()
            .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != 0x1b));
    if (bytes.length % 4 == 0) { // it costs as much as all the rest
      LoadedConfiguration again = read(files);
      assertEquals(loaded.configuration(), again.configuration());
      assertEquals(loaded.diagnostics().size(), again.diagnostics().size());
    }
  }

  /** Lines of peers, each in a block of either family. */
  @FuzzTest(maxDuration = "")
  void unicastPeers(byte[] bytes) {
    for (String virtual : List.of("192.0.2.100", "fe80::100")) {
      LoadedConfiguration loaded =
          read(
              Map.of(
                  "k",
                  """
                  vrrp_instance a {
                    interface eth0
                    virtual_router_id 1
                    virtual_ipaddress {
                      %s
                    }
                    unicast_peer {
                  %s
                    }
                  }
                  """
                      .formatted(virtual, decode(bytes))));
      Soundness.require(loaded.configuration());
      for (VrrpInstance instance : loaded.configuration().instances()) {
        for (Unicast.Peer peer : instance.protocol().unicast().peers()) {
          assertEquals(instance.key().family(), AddressFamily.of(peer.address()));
          assertTrue(peer.minHopLimit() >= 0 && peer.maxHopLimit() <= Unicast.MOST_HOPS);
        }
      }
    }
  }

  private static LoadedConfiguration read(Map<String, String> files) {
    return Reading.of("k", files, Optional.of(Set.of("ens33", "eth0")), Optional.empty());
  }

  private static Map<String, String> files(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    String[] parts = text.split("\f", FILES.size());
    for (int i = 0; i < parts.length; i++) {
      files.put(FILES.get(i), parts[i]);
    }
    return files;
  }

  /** As the files are read: byte for byte where they are not UTF-8. */
  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
