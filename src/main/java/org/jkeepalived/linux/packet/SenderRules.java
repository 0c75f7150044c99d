package org.jkeepalived.linux.packet;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * Whose packets a socket hears, by a byte of what they carry. What no rule names all may send.
 *
 * @param byteAt where that byte is, counted from the end of the IP header
 * @param rules none where all may send all; no two name the same value
 */
public record SenderRules(int byteAt, List<Rule> rules) {

  /** Whoever likes to. */
  public static final SenderRules NONE = new SenderRules(0, List.of());

  public SenderRules {
    rules = List.copyOf(rules);
  }

  /**
   * Who may send packets with one of some values.
   *
   * @param values 0 to 255
   * @param sources one at least, all of the socket's family
   */
  public record Rule(List<Integer> values, List<Prefix> sources) {
    public Rule {
      values = List.copyOf(values);
      sources = List.copyOf(sources);
    }
  }

  /**
   * Addresses that begin alike.
   *
   * @param address with zeros behind the prefix
   * @param length in bits
   */
  public record Prefix(InetAddress address, int length) {
    public Prefix {
      Objects.requireNonNull(address);
    }
  }

  /** Whether there is anybody who may not. */
  public boolean isRestricted() {
    return !rules.isEmpty();
  }
}
