package org.jkeepalived.kernel.firewall;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;

/** Something that blocking addresses by iptables needs, as the kernel has it. */
public sealed interface IptablesPart {

  AddressFamily family();

  /**
   * A set of addresses.
   *
   * @param withLinks each address belongs to a link
   */
  record AddressSet(String name, AddressFamily family, boolean withLinks) implements IptablesPart {
    public AddressSet {
      Objects.requireNonNull(name);
      Objects.requireNonNull(family);
    }
  }

  /**
   * An address, or a network, in a set.
   *
   * @param prefixLength 0 for all addresses; all bits for one
   * @param link its link, in a set that has them
   */
  record Member(String set, InetAddress address, int prefixLength, Optional<String> link)
      implements IptablesPart {
    public Member {
      Objects.requireNonNull(set);
      Objects.requireNonNull(address);
      Objects.requireNonNull(link);
    }

    /** One address. */
    Member(String set, InetAddress address, Optional<String> link) {
      this(set, address, AddressFamily.of(address).bits(), link);
    }

    @Override
    public AddressFamily family() {
      return AddressFamily.of(address);
    }
  }

  /**
   * A rule of the table {@code filter}.
   *
   * @param words what iptables(8) takes after the chain
   */
  record Rule(AddressFamily family, String chain, List<String> words) implements IptablesPart {
    public Rule {
      Objects.requireNonNull(family);
      Objects.requireNonNull(chain);
      words = List.copyOf(words);
    }

    /**
     * As arguments of iptables(8), and a line of iptables-restore(8).
     *
     * @param command {@code -A}, {@code -D}, {@code -C}
     */
    public List<String> arguments(String command) {
      List<String> arguments = new ArrayList<>(List.of(command, chain));
      arguments.addAll(words);
      return arguments;
    }
  }
}
