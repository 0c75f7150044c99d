package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.AllowedSenders.Network;

/** What has been read of {@code allow_from}. */
final class AllowFromDraft {

  /** What holds for all that are not named. */
  final List<Network> general = new ArrayList<>();

  private final Map<String, List<Network>> byInstance = new LinkedHashMap<>();
  private final List<Token> names = new ArrayList<>();

  /** Those that may speak to an instance; what is added to it counts. */
  List<Network> of(Token instance) {
    names.add(instance);
    return byInstance.computeIfAbsent(instance.text(), any -> new ArrayList<>());
  }

  /**
   * Who may speak to an instance: what is said of it takes the place of what is said of all. Of the
   * other family nothing follows: where none of its own is listed, all may.
   */
  AllowedSenders settled(String instance, AddressFamily family) {
    List<Network> said = byInstance.getOrDefault(instance, List.of());
    return new AllowedSenders(
        (said.isEmpty() ? general : said)
            .stream().filter(network -> network.family() == family).toList());
  }

  /** Says which instances are named that are not there. */
  void reportUnknown(Set<String> instances, GrammarReport report) {
    for (Token name : names) {
      if (!instances.contains(name.text())) {
        report.warn(
            name,
            "unknown-allow-from",
            "allow_from names vrrp_instance '" + name.text() + "', which is not there");
      }
    }
  }
}
