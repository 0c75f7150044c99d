package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualAddress.Flag;
import org.jkeepalived.model.VirtualAddress.Peer;

/** Reads one line of {@code virtual_ipaddress}. */
final class VirtualAddressLine {

  /** What is to be written. */
  static final String SYNTAX =
      "ADDRESS[/MASK] [brd|broadcast ADDRESS|+|-] [dev LINK] [scope SCOPE] [label LABEL]"
          + " [peer ADDRESS] [preferred_lft SECONDS|forever] [home] [-nodad] [mngtmpaddr]"
          + " [noprefixroute] [autojoin] [no_track] [use_vmac]";

  /** The same of a static one. */
  static final String STATIC_SYNTAX = SYNTAX.replace(" [use_vmac]", " [track_group GROUP]");

  private static final int MAX_LABEL_LENGTH = 15;

  /** What the kernel takes as that. */
  private static final long FOREVER = 0xffff_ffffL;

  private final GrammarReport report;
  private final InetAddress address;
  private final Token addressWord;

  private boolean usable = true;
  private final AddressFamily family;
  private int prefixLength;
  private boolean prefixGiven;
  private Optional<Token> device = Optional.empty();
  private Optional<Token> broadcast = Optional.empty();
  private int scope;
  private Optional<String> label = Optional.empty();
  private Optional<Token> peer = Optional.empty();
  private Optional<Peer> peerAddress = Optional.empty();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private boolean tracked = true;
  private OptionalLong preferredLifetimeSeconds = OptionalLong.empty();
  private boolean lifetimeGiven;
  private boolean usesVmac;

  private VirtualAddressLine(Token addressWord, InetAddress address, GrammarReport report) {
    this.addressWord = addressWord;
    this.address = address;
    this.family = AddressFamily.of(address);
    this.prefixLength = family.bits();
    this.report = report;
  }

  /** What a line said: {@code device} is empty for the instance's own link. */
  record Result(String written, VirtualAddress address, Optional<Token> device, boolean usesVmac) {}

  /** Reads a line whose address has been read; empty when the address cannot be used. */
  static Optional<Result> read(Statement statement, InetAddress address, GrammarReport report) {
    VirtualAddressLine line = new VirtualAddressLine(statement.keyword(), address, report);
    line.readPrefix();
    Iterator<Token> words = statement.arguments().iterator();
    while (words.hasNext() && line.usable) {
      line.readOption(words.next(), words);
    }
    return line.usable ? Optional.of(line.result()) : Optional.empty();
  }

  private void readPrefix() {
    String text = addressWord.text();
    int slash = text.indexOf('/');
    if (slash < 0) {
      return;
    }
    prefixGiven = true;
    String mask = text.substring(slash + 1);
    Argument.Parsed<Integer> parsed = Argument.integer(0, family.bits()).parser().apply(mask);
    prefixLength = parsed.value().orElse(family.bits());
    parsed
        .complaint()
        .ifPresent(
            complaint -> {
              warn(addressWord, complaint);
              warn(
                  addressWord,
                  "Invalid address prefix len "
                      + mask
                      + " for address "
                      + text
                      + " - using "
                      + family.bits());
            });
  }

  private void readOption(Token option, Iterator<Token> words) {
    switch (option.text()) {
      case "dev", "brd", "broadcast", "scope", "label", "peer", "preferred_lft" -> {
        if (words.hasNext()) {
          readValue(option, words.next());
        } else {
          drop(option, "No " + option.text() + " parameter specified for " + addressWord.text());
        }
      }
      case "home" -> flags.add(Flag.HOME);
      case "-nodad" -> flags.add(Flag.NODAD);
      case "mngtmpaddr" -> flags.add(Flag.MNGTMPADDR);
      case "noprefixroute" -> flags.add(Flag.NOPREFIXROUTE);
      case "autojoin" -> flags.add(Flag.AUTOJOIN);
      case "no_track" -> tracked = false;
      case "use_vmac" -> usesVmac = true;
      default -> warn(option, unknownEntry(option));
    }
  }

  private static String unknownEntry(Token word) {
    return "Unknown configuration entry '" + word.text() + "' for ip address - ignoring";
  }

  private void readValue(Token option, Token word) {
    switch (option.text()) {
      case "dev" -> {
        if (device.isPresent()) {
          drop(word, "Cannot specify ipaddress device more than once for " + addressWord.text());
        }
        device = Optional.of(word);
      }
      case "scope" -> readScope(word);
      case "label" -> {
        if (word.text().length() > MAX_LABEL_LENGTH) {
          drop(
              word,
              "Address label "
                  + word.text()
                  + " is longer than maximum length "
                  + MAX_LABEL_LENGTH
                  + " - removing address");
        }
        if (usable && family == AddressFamily.IPV6) {
          warn(
              word,
              "Cannot specify label for IPv6 addresses ("
                  + addressWord.text()
                  + ") - ignoring label");
          return;
        }
        label = Optional.of(word.text());
      }
      case "peer" -> readPeer(word);
      case "preferred_lft" -> readLifetime(word);
      default -> {
        if (family == AddressFamily.IPV6) {
          drop(
              word,
              "VRRP is trying to assign a broadcast "
                  + option.text()
                  + " to the IPv6 address "
                  + addressWord.text()
                  + " !!?? WTF... skipping VIP...");
          return;
        }
        broadcast = Optional.of(word);
        if (!word.is("+") && !word.is("-") && Addresses.ipv4(word.text()).isEmpty()) {
          drop(
              word,
              "VRRP is trying to assign invalid broadcast " + word.text() + ". skipping VIP...");
        }
      }
    }
  }

  private void readScope(Token word) {
    if (family == AddressFamily.IPV6) {
      warn(
          word,
          "Cannot specify scope for IPv6 addresses (" + addressWord.text() + ") - ignoring scope");
      return;
    }
    OptionalInt number = scopeNumber(word.text());
    if (number.isPresent()) {
      scope = number.getAsInt();
    } else {
      warn(
          word,
          "Invalid scope '"
              + word.text()
              + "' specified for "
              + addressWord.text()
              + " - ignoring");
    }
  }

  private static OptionalInt scopeNumber(String text) {
    return switch (text) {
      case "global" -> OptionalInt.of(0);
      case "site" -> OptionalInt.of(200);
      case "link" -> OptionalInt.of(253);
      case "host" -> OptionalInt.of(254);
      case "nowhere" -> OptionalInt.of(255);
      default -> {
        // COMPAT: like strtoul(3), keepalived reads 0x10 and 010 too
        if (!text.matches("0[xX][0-9a-fA-F]{1,4}|[0-9]{1,4}")) {
          yield OptionalInt.empty();
        }
        try {
          int number = Integer.decode(text);
          yield number <= 255 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
          yield OptionalInt.empty();
        }
      }
    };
  }

  private void readPeer(Token word) {
    if (peer.isPresent()) {
      warn(word, "Peer " + word.text() + " - another peer has already been specified");
      warn(word, unknownEntry(word));
      return;
    }
    Optional<InetAddress> read = Addresses.ip(word.text());
    if (read.isPresent() && AddressFamily.of(read.get()) == family) {
      if (prefixGiven) {
        warn(word, "Cannot specify address prefix when specifying peer address - ignoring");
        prefixLength = family.bits();
      }
      peer = Optional.of(word);
      peerAddress = Optional.of(new Peer(read.get(), family.bits()));
    } else if (read.isPresent()) {
      warn(word, "Peer address " + word.text() + " does not match address family");
    } else {
      warn(word, "VRRP parsed invalid IP " + word.text() + ". skipping IP...");
      warn(word, "Invalid peer address " + word.text());
    }
  }

  private void readLifetime(Token word) {
    lifetimeGiven = true;
    if (word.is("forever")) {
      preferredLifetimeSeconds = OptionalLong.empty();
      return;
    }
    Argument.Parsed<Long> parsed = Argument.unsigned().parser().apply(word.text());
    if (parsed.value().isPresent()) {
      long seconds = parsed.value().get();
      preferredLifetimeSeconds =
          seconds == FOREVER ? OptionalLong.empty() : OptionalLong.of(seconds);
    } else {
      parsed.complaint().ifPresent(complaint -> warn(word, complaint));
      warn(word, "preferred_lft " + word.text() + " is invalid");
    }
  }

  private Result result() {
    VirtualAddress result =
        new VirtualAddress(
            address,
            prefixLength,
            device.map(Token::text).orElse(""),
            broadcast.flatMap(this::broadcastAddress),
            scope,
            label,
            peerAddress,
            flags,
            tracked,
            lifetime());
    return new Result(addressWord.text(), result, device, usesVmac);
  }

  /**
   * COMPAT: an IPv6 address without a network is never preferred unless the line says so, so that
   * nothing is sent from it that is not an answer; of IPv4 the kernel would take any, and
   * keepalived sends it none.
   */
  private OptionalLong lifetime() {
    boolean alone = family == AddressFamily.IPV6 && prefixLength == family.bits();
    return alone && !lifetimeGiven ? OptionalLong.of(0) : preferredLifetimeSeconds;
  }

  private Optional<InetAddress> broadcastAddress(Token word) {
    if (!word.is("+") && !word.is("-")) {
      return Addresses.ipv4(word.text());
    }
    if (prefixLength > 30) {
      warn(word, "Address prefix length " + prefixLength + " too long for broadcast");
      return Optional.empty();
    }
    return Optional.of(Addresses.withHostBits(address, prefixLength, word.is("+")));
  }

  private void warn(Token word, String message) {
    report.warn(word, "bad-address", message);
  }

  private void drop(Token word, String message) {
    warn(word, message);
    usable = false;
  }
}
