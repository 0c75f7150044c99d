package org.jkeepalived.host.kernel.firewall;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.kernel.firewall.IptablesListing;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;
import org.jkeepalived.linux.firewall.IptablesProgram;
import org.jkeepalived.model.AddressFamily;

/** The way to the rules of one family of iptables. */
final class IptablesAccess {

  /** The lock that all of them share is held by others for a moment only. */
  private static final String WAIT = "--wait=5";

  private final String name;

  IptablesAccess(AddressFamily family) {
    name = family == AddressFamily.IPV4 ? "iptables" : "ip6tables";
  }

  /** Why iptables is not to be taken, where it is not. */
  static Optional<String> objection() {
    Optional<IptablesProgram> program = IptablesProgram.find("iptables");
    if (program.isEmpty()) {
      return Optional.of("there is no iptables command");
    }
    return program.get().run("", "-V").output().contains("nf_tables")
        ? Optional.of("iptables uses nf_tables")
        : Optional.empty();
  }

  /** The program that people call. */
  String name() {
    return name;
  }

  /**
   * Adds or deletes rules, all or none; answers why none was.
   *
   * @param command {@code -A}, {@code -D}
   */
  Optional<String> change(String command, List<Rule> rules) {
    return restore(lines(command, rules));
  }

  /** Deletes some and adds others, in one step. */
  Optional<String> replace(List<Rule> old, List<Rule> wanted) {
    return restore(lines("-D", old) + lines("-A", wanted));
  }

  private static String lines(String command, List<Rule> rules) {
    StringBuilder lines = new StringBuilder();
    rules.forEach(rule -> lines.append(String.join(" ", rule.arguments(command))).append('\n'));
    return lines.toString();
  }

  private Optional<String> restore(String lines) {
    Optional<IptablesProgram> program = IptablesProgram.find(name + "-restore");
    if (program.isEmpty()) {
      return Optional.of("there is no " + name + "-restore: install iptables");
    }
    IptablesProgram.Outcome outcome =
        program.get().run("*filter\n" + lines + "COMMIT\n", WAIT, "--noflush");
    return outcome.isDone()
        ? Optional.empty()
        : Optional.of(outcome.firstLine(name + "-restore ended with " + outcome.status()));
  }

  /** What there is of it; empty if that cannot be read. */
  Optional<IptablesListing> list() {
    return IptablesProgram.find(name + "-save")
        .map(program -> program.run("", "-t", "filter"))
        .filter(IptablesProgram.Outcome::isDone)
        .map(outcome -> IptablesListing.read(outcome.output()));
  }

  /** In words for an operator, why rules could not be added. */
  String explain(String error, List<Rule> rules) {
    Optional<IptablesListing> listing = list();
    for (Rule rule : rules) {
      if (listing.isPresent() && !listing.get().hasChain(rule.chain())) {
        return name
            + " chain "
            + rule.chain()
            + " doesn't exist: make it ("
            + name
            + " -N "
            + rule.chain()
            + ") and have it called from INPUT or OUTPUT";
      }
    }
    return error + ": are the kernel's modules ip_tables, ip6_tables and xt_set there?";
  }
}
