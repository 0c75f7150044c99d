package org.jkeepalived.kernel;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VirtualLink.Ipvlan;
import org.jkeepalived.model.VirtualLink.Macvlan;

/**
 * How the journal names a link of our own: with what tells it from somebody else's of that name.
 * {@code link: macvlan vrrp.51 base eth0 mac 00:00:5e:00:01:33}.
 */
final class JournalLink {

  static final String KIND = "link: ";

  private JournalLink() {}

  static String write(VirtualLink link) {
    return KIND
        + link.nature().driver()
        + " "
        + link.name()
        + " base "
        + link.base()
        + link.mac().map(mac -> " mac " + mac).orElse("");
  }

  /** The same link, as far as the line tells; empty if it tells of none. */
  static Optional<VirtualLink> read(String line) {
    if (!line.startsWith(KIND)) {
      return Optional.empty();
    }
    JournalWords words = JournalWords.read(line.substring(KIND.length()));
    Optional<String> macvlan = words.text("macvlan");
    Optional<String> base = words.text("base");
    Optional<VirtualLink.Nature> nature =
        macvlan.isPresent()
            ? words.text("mac").map(Macvlan::new)
            : Optional.of(new Ipvlan(VirtualLink.Mode.BRIDGE, Optional.empty(), 0));
    Optional<String> name = macvlan.or(() -> words.text("ipvlan"));
    return name.isEmpty() || base.isEmpty() || nature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VirtualLink(
                name.get(), base.get(), nature.get(), Set.of(), OptionalLong.empty(), false));
  }
}
