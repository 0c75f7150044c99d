package org.jkeepalived.cli;

import java.util.Map;
import org.jkeepalived.text.Roff;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page jkeepalived(8), out of the declarations of options and subcommands. */
final class ProgramManual {

  private ProgramManual() {}

  /** The page in roff. */
  static String page(Map<String, picocli.CommandLine> subcommands) {
    Roff page =
        new Roff(
            "jkeepalived",
            8,
            "LVS and VRRP high availability, a drop-in replacement for keepalived");
    page.section("SYNOPSIS");
    page.line("jkeepalived [OPTION...]");
    subcommands.keySet().forEach(name -> page.line("jkeepalived " + name + " [ARGUMENT...]"));
    page.section("DESCRIPTION");
    page.paragraph(
        "jkeepalived reads keepalived.conf, takes keepalived's options and signals, writes its log"
            + " lines and sends its packets: keepalived(8) and keepalived.conf(5) hold for it. This"
            + " page names its options and what it has of its own; jkeepalived.conf(5) lists every"
            + " keyword.");
    page.section("OPTIONS");
    Map<Option, OptionText> texts = OptionText.all();
    for (Option option : Option.values()) {
      OptionText text = texts.get(option);
      page.entry(option.spelling() + text.value(), text.sentence());
    }
    page.section("COMMANDS");
    subcommands.forEach((name, command) -> command(page, name, command.getCommandSpec()));
    page.section("SIGNALS");
    page.entry("HUP", "Read the configuration again; what did not change does not notice.");
    page.entry("TERM, INT", "Hand the addresses over and end.");
    page.entry("USR1, USR2", "Write keepalived.data, or keepalived.stats.");
    page.section("ENVIRONMENT");
    page.entry("JAVA_HOME", "The Java to use first, 17 or newer.");
    page.entry(
        "JKEEPALIVED_JAVA_OPTS",
        "More options for the Java VM; they win over the launcher's. The Java VM sees neither"
            + " JAVA_TOOL_OPTIONS, _JAVA_OPTIONS and JDK_JAVA_OPTIONS nor LD_*; scripts do.");
    page.section("FILES");
    page.entry("/etc/keepalived/keepalived.conf", "The configuration.");
    page.entry("/etc/keepalived/jkeepalived.conf", "Settings that keepalived does not know.");
    page.entry("/etc/default/jkeepalived", "The service's options.");
    page.entry("/run/jkeepalived", "What the daemon has put into the kernel, for --release.");
    page.entry(
        "/var/lib/jkeepalived",
        "What maintenance --keep and server --save say over a restart, each daemon's under the name"
            + " of its pid file; what the Java VM leaves when it fails (hs_err_pid*.log).");
    page.entry(
        "/var/cache/jkeepalived",
        "Class-data archives, which halve the start; /usr/share/jkeepalived/archive makes them.");
    page.section("SEE ALSO");
    page.line("jkeepalived.conf(5), jkeepalived-replace(8), keepalived(8), keepalived.conf(5)");
    return page.text();
  }

  private static void command(Roff page, String name, CommandSpec spec) {
    String purpose = String.join(" ", spec.usageMessage().description());
    page.entry("jkeepalived " + name, purpose.isEmpty() ? "See " + name + " -h." : purpose);
    spec.options()
        .forEach(
            option ->
                page.detail(
                    String.join(", ", option.names()), String.join(" ", option.description())));
  }
}
