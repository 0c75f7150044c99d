package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualLink;

/** The keywords that have links made for virtual routers. */
final class VirtualLinkKeywords {

  private static final String OCTETS = "[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){4,}";
  private static final int MOST_OCTETS = 6;
  private static final long MOST_GROUP = 0xffff_ffffL;

  private VirtualLinkKeywords() {}

  static List<Keyword<InstanceDraft>> ofInstances() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "use_vmac",
                Arity.OPTIONAL,
                "[[name] LINK] [MAC] [group GROUP] [netlink_notify_msg]",
                (statement, draft, report) -> new Line(statement, draft, report).vmac())
            .doc(
                "speak and answer with the virtual router's MAC address, on a link of its own, which"
                    + " others must leave alone: NetworkManager (below [keyfile]:"
                    + " unmanaged-devices=interface-name:vrrp*) and systemd-networkd (a .network file"
                    + " with [Match] Name=vrrp* and [Link] Unmanaged=yes)"),
        Keyword.<InstanceDraft>flag("use_vmac_addr", i -> i.links.everywhere = true)
            .doc("the same for its addresses on other links than the instance's"),
        Keyword.<InstanceDraft>flag("vmac_xmit_base", i -> i.links.transmitsOnBase = true)
            .doc("speak on the interface itself, with its MAC address, all the same"),
        Keyword.<InstanceDraft>custom(
                "use_ipvlan",
                Arity.OPTIONAL,
                "[[name] LINK] [ADDRESS] [bridge|private|vepa] [group GROUP]",
                (statement, draft, report) -> new Line(statement, draft, report).ipvlan())
            .doc("speak and answer on an ipvlan of its own, with the interface's MAC address"));
  }

  static List<Keyword<GlobalDraft>> ofGlobals() {
    return List.of(
        prefix("vmac_prefix", (names, text) -> names.prefix = Optional.of(text))
            .doc(
                "what the names of links begin with that are made for virtual routers, vrrp if not said"),
        prefix("vmac_addr_prefix", (names, text) -> names.addressPrefix = Optional.of(text))
            .doc(
                "the same for links that addresses alone are on; that of vmac_prefix if not said"));
  }

  private interface Prefix {
    void set(VirtualLinkNames names, String text);
  }

  private static Keyword<GlobalDraft> prefix(String name, Prefix sets) {
    return Keyword.custom(
        name,
        Arity.REQUIRED,
        "STRING",
        (statement, globals, report) -> {
          Token word = statement.arguments().get(0);
          if (VirtualLinkNames.isPossible(word.text())) {
            sets.set(globals.linkNames, word.text());
          } else {
            report.warn(
                word, "bad-vmac-prefix", name + " '" + word.text() + "' invalid - ignoring");
          }
        });
  }

  /** One line: words in any order. */
  private static final class Line {
    private final Statement statement;
    private final Iterator<Token> words;
    private final InstanceDraft draft;
    private final VirtualLinkDraft link;
    private final GrammarReport report;

    Line(Statement statement, InstanceDraft draft, GrammarReport report) {
      this.statement = statement;
      this.words = statement.arguments().iterator();
      this.draft = draft;
      this.link = draft.links;
      this.report = report;
    }

    void vmac() {
      link.macvlan = true;
      while (words.hasNext()) {
        Token word = words.next();
        switch (word.text()) {
          case "netlink_notify_msg" -> link.notifies = true;
          case "group" -> group(word, "VMAC");
          case "name" -> after(word).ifPresent(this::vmacName);
          default -> {
            if (word.text().indexOf(':') >= 0) {
              mac(word);
            } else {
              vmacName(word);
            }
          }
        }
      }
    }

    void ipvlan() {
      link.ipvlan = true;
      while (words.hasNext()) {
        Token word = words.next();
        Optional<InetAddress> address = Addresses.ip(Addresses.withoutPrefix(word.text()));
        switch (word.text()) {
          case "bridge", "private", "vepa" -> mode(word);
          case "group" -> group(word, "IPVLAN");
          case "name" -> after(word).ifPresent(this::ipvlanName);
          default -> {
            if (address.isPresent()) {
              address(word, address.get());
            } else {
              ipvlanName(word);
            }
          }
        }
      }
    }

    private Optional<Token> after(Token word) {
      if (words.hasNext()) {
        return Optional.of(words.next());
      }
      report.at(
          word,
          Severity.FATAL,
          Grammar.MISSING_PARAMETER_CODE,
          "*** Configuration line starting `"
              + statement.keyword().text()
              + "` is missing a parameter after keyword `"
              + word.text()
              + "` at word position "
              + (statement.arguments().size() + 1));
      return Optional.empty();
    }

    private void group(Token keyword, String what) {
      after(keyword)
          .ifPresent(
              word -> {
                OptionalLong number =
                    draft.routing.names().number(IprouteNames.File.GROUPS, word.text(), MOST_GROUP);
                if (number.isPresent()) {
                  link.group = number;
                } else {
                  report.at(
                      word,
                      Severity.WARNING,
                      "bad-group",
                      what + " group " + word.text() + " not found",
                      draft.routing.names().remedy(IprouteNames.File.GROUPS));
                }
              });
    }

    private void vmacName(Token word) {
      String text = word.text();
      if (link.name.isPresent()) {
        report.warn(word, "bad-vmac", "VMAC interface name already specified");
      } else if (!VirtualLinkNames.isPossible(text)) {
        report.warn(
            word,
            "bad-vmac",
            "VMAC interface name '" + text + "' too long or invalid characters - ignoring");
      } else {
        link.name = Optional.of(word);
      }
    }

    private void mac(Token word) {
      String text = word.text();
      if (!text.matches(OCTETS)) {
        report.warn(word, "bad-vmac", "VMAC invalid MAC address " + text + " - ignored");
        return;
      }
      StringBuilder mac = new StringBuilder();
      String[] octets = text.toLowerCase(Locale.ROOT).split(":");
      // COMPAT: what follows the sixth octet is not looked at
      for (int i = 0; i < Math.min(octets.length, MOST_OCTETS); i++) {
        mac.append(i == 0 ? "" : ":").append(octets[i].length() == 1 ? "0" : "").append(octets[i]);
      }
      if ((Integer.parseInt(octets[0], 16) & 1) != 0) {
        report.warn(word, "bad-vmac", "VMAC MAC address is multicast " + text + " - ignoring");
      } else {
        link.mac = Optional.of(mac.toString());
      }
    }

    private void mode(Token word) {
      if (link.mode.isPresent()) {
        report.warn(
            word,
            "bad-ipvlan",
            who() + "ipvlan type already specified - ignoring '" + word.text() + "'");
      } else {
        link.mode = Optional.of(VirtualLink.Mode.valueOf(word.text().toUpperCase(Locale.ROOT)));
      }
    }

    private void address(Token word, InetAddress read) {
      if (link.address.isPresent()) {
        report.warn(
            word,
            "bad-ipvlan",
            who() + "ipvlan address already specified - ignoring '" + word.text() + "'");
      } else if (InstanceAddressKeywords.belongs(draft, read)) {
        link.address = Optional.of(read);
        link.prefixLength = prefixLength(word.text(), AddressFamily.of(read).bits());
      } else {
        report.warn(
            word,
            "wrong-family",
            who() + "ipvlan address " + word.text() + " MUST match VRRP instance family");
      }
    }

    /** One that cannot be is as good as none. */
    private static OptionalInt prefixLength(String text, int most) {
      String bits = text.substring(Addresses.withoutPrefix(text).length()).replaceFirst("^/", "");
      return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most
          ? OptionalInt.of(Integer.parseInt(bits))
          : OptionalInt.empty();
    }

    private void ipvlanName(Token word) {
      String text = word.text();
      if (link.name.isPresent()) {
        report.warn(
            word,
            "bad-ipvlan",
            who() + "IPVLAN interface already specified - ignoring '" + text + "'");
      } else if (!VirtualLinkNames.isPossible(text)) {
        report.warn(
            word, "bad-ipvlan", who() + "IPVLAN interface name '" + text + "' too long - ignoring");
      } else {
        link.name = Optional.of(word);
      }
    }

    private String who() {
      return "(" + draft.name() + ") ";
    }
  }
}
