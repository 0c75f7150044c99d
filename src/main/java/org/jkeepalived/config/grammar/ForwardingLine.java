package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Forwarding.Method;
import org.jkeepalived.model.lvs.Forwarding.Tunnel;

/**
 * {@code NAT|DR|TUN [type ipip|gue|gre] [port PORT] [nocsum|csum|remcsum]}: how packets reach a
 * server.
 */
final class ForwardingLine {

  static final String SYNTAX = "NAT|DR|TUN [type ipip|gue|gre] [port PORT] [nocsum|csum|remcsum]";

  private static final Argument<Integer> PORT = Argument.integer(1, 0xFFFF);

  private final String whose;
  private final GrammarReport report;
  private Tunnel.Type type = Tunnel.Type.IPIP;
  private OptionalInt port = OptionalInt.empty();
  private Tunnel.Checksum checksum = Tunnel.Checksum.NONE;

  /**
   * @param whose what messages call the server
   */
  private ForwardingLine(String whose, GrammarReport report) {
    this.whose = whose;
    this.report = report;
  }

  /**
   * Reads what stands behind the keyword; empty, with the reason reported, where it names no
   * method.
   *
   * @param words at least one
   */
  static Optional<Forwarding> read(List<Token> words, String whose, GrammarReport report) {
    return new ForwardingLine(whose, report).read(words);
  }

  private Optional<Forwarding> read(List<Token> words) {
    Token word = words.get(0);
    Optional<Method> method =
        switch (word.text()) {
          case "NAT" -> Optional.of(Method.NAT);
          case "DR" -> Optional.of(Method.DR);
          case "TUN" -> Optional.of(Method.TUN);
          default -> Optional.empty();
        };
    if (method.isEmpty()) {
      complain(word, "PARSER : unknown [" + word.text() + "] routing method for " + whose + ".");
      return Optional.empty();
    }
    // COMPAT: what is wrong with the tunnel does not cost the method
    Tunnel tunnel =
        readTunnel(words)
            ? new Tunnel(type, port, checksum)
            : new Tunnel(Tunnel.Type.IPIP, OptionalInt.empty(), Tunnel.Checksum.NONE);
    return method.map(
        m -> new Forwarding(m, m == Method.TUN ? Optional.of(tunnel) : Optional.empty()));
  }

  private boolean readTunnel(List<Token> words) {
    int at = 1;
    while (at > 0 && at < words.size()) {
      at = option(words, at);
    }
    return at > 0 && fits(words.get(words.size() - 1));
  }

  /** Reads an option; answers where the next one stands, or -1 where this one is wrong. */
  private int option(List<Token> words, int at) {
    Token word = words.get(at);
    boolean last = at + 1 == words.size();
    switch (word.text()) {
      case "type":
        if (last) {
          return complain(word, "Missing tunnel type for " + whose + ".");
        }
        return type(words.get(at + 1)) ? at + 2 : -1;
      case "port":
        if (last) {
          return complain(word, "Missing port for " + whose + " gue tunnel.");
        }
        return port(words.get(at + 1)) ? at + 2 : -1;
      case "nocsum":
        checksum = Tunnel.Checksum.NONE;
        return at + 1;
      case "csum":
        checksum = Tunnel.Checksum.LOCAL;
        return at + 1;
      case "remcsum":
        checksum = Tunnel.Checksum.REMOTE;
        return at + 1;
      default:
        return complain(word, "Invalid tunnel option " + word.text() + " for " + whose + ".");
    }
  }

  private boolean type(Token word) {
    switch (word.text()) {
      case "ipip" -> type = Tunnel.Type.IPIP;
      case "gue" -> type = Tunnel.Type.GUE;
      case "gre" -> type = Tunnel.Type.GRE;
      default -> {
        complain(word, "Unknown tunnel type " + word.text() + " for " + whose + ".");
        return false;
      }
    }
    return true;
  }

  private boolean port(Token word) {
    Argument.Parsed<Integer> parsed = PORT.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      complain(word, "Invalid gue tunnel port " + word.text() + " for " + whose + ".");
      return false;
    }
    port = OptionalInt.of(parsed.value().get());
    return true;
  }

  private boolean fits(Token last) {
    if ((type == Tunnel.Type.GUE) != port.isPresent()) {
      complain(last, "gue tunnels require port, otherwise cannot have port.");
      return false;
    }
    if (type == Tunnel.Type.GRE && checksum == Tunnel.Checksum.REMOTE) {
      complain(last, "gre tunnels do not support remote checksum option.");
      return false;
    }
    if (type == Tunnel.Type.IPIP && checksum != Tunnel.Checksum.NONE) {
      complain(last, "ipip tunnels do not support checksum option.");
      return false;
    }
    return true;
  }

  private int complain(Token word, String message) {
    report.warn(word, "bad-lvs-method", message);
    return -1;
  }
}
