package org.jkeepalived.cli;

import java.util.Map;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.text.Roff;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
    exitStatus(page);
    page.section("SIGNALS");
    page.entry("HUP", "Read the configuration again; what did not change does not notice.");
    page.entry("TERM, INT", "Hand the addresses over and end.");
    page.entry("USR1", "Write keepalived.data: all that is configured, and how it is.");
    page.entry("USR2", "Write keepalived.stats: what was counted.");
    signal(page, ControlSignal.JSON, "Write keepalived.json: the same as USR1, for programs.");
    signal(
        page,
        ControlSignal.STATS_CLEAR,
        "Write keepalived.stats as USR2 does, and begin to count again from 0.");
    signal(page, ControlSignal.TDATA, "Log how each thread does, and how late it has been.");
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
    page.entry(
        "/run/keepalived.pid, /run/vrrp.pid, /run/checkers.pid",
        "The daemon's number, in each; in /run/keepalived with use_pid_dir, instance or a network"
            + " namespace.");
    page.entry(
        "/tmp/keepalived.data, /tmp/keepalived.stats, /tmp/keepalived.json",
        "What signals have written, unless state_dump_file and its like name other places.");
    page.entry(
        "/run/jkeepalived",
        "Of each daemon, under the name of its pid file: what it has put into the kernel, for"
            + " --release (.journal, .services, .tables, .namespace), the socket on which it is"
            + " asked (.control), and which process starts it again (.parent).");
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

  /** One without a name that kill(1) knows. */
  private static void signal(Roff page, ControlSignal signal, String sentence) {
    page.entry(
        signal.number() + " (" + signal + ")",
        sentence + " Sent by kill -s $(jkeepalived --signum=" + signal + ") PID.");
  }

  private static void command(Roff page, String name, CommandSpec spec) {
    String purpose = String.join(" ", spec.usageMessage().description());
    page.entry("jkeepalived " + name, purpose.isEmpty() ? "See " + name + " -h." : purpose);
    details(page, spec);
    spec.subcommands()
        .forEach(
            (word, command) -> {
              CommandSpec inner = command.getCommandSpec();
              page.entry(
                  "jkeepalived " + name + " " + word,
                  String.join(" ", inner.usageMessage().description()));
              details(page, inner);
            });
  }

  private static void details(Roff page, CommandSpec spec) {
    spec.positionalParameters()
        .forEach(word -> page.detail(word.paramLabel(), String.join(" ", word.description())));
    spec.options()
        .forEach(option -> page.detail(names(option), String.join(" ", option.description())));
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
    return String.join(", ", option.names()) + value;
  }

  /** What the daemon, {@code -t} and the commands answer. */
  private static void exitStatus(Roff page) {
    page.section("EXIT STATUS");
    page.paragraph("Of the daemon, and of -t:");
    page.entry(
        "0",
        "All is well; the daemon is up, or has been stopped. Also where one runs already that has"
            + " the same pid file: the log says so, and the new one ends.");
    page.entry("1", "An option is unknown, or lacks its value.");
    page.entry(
        "2",
        "The daemon cannot start or go on; -t: the file cannot be read to its end. Also for a first"
            + " word that is no command: nothing is started.");
    page.entry("4", "The daemon is not allowed what no virtual router does without.");
    page.entry("5", "-t: there are mistakes; what they stand in is left out, or runs otherwise.");
    page.entry(
        "6", "There is no configuration, or a file that it includes; -t: scripts are not secure.");
    page.paragraph(
        "Of the commands that ask the daemon, status, reload, plan, maintenance, server and"
            + " log-level:");
    page.entry("0", "It is done.");
    page.entry("1", "It could not be done, and is not, or nothing is called so.");
    page.entry(
        "2", "The command is not understood, or the daemon runs with another FILE than -f names.");
    page.entry("3", "Too many ask at once: ask again.");
    page.entry("4", "No daemon runs, or it does not answer, or it may not be asked.");
    page.entry("5", "plan, reload: it would be done, or is, although the file has mistakes.");
    page.entry("6", "plan: the daemon would refuse the file.");
    page.paragraph("--release: 0 also where there is nothing to release; 2 where something stays.");
  }
}
