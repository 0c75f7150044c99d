package org.jkeepalived.status;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jkeepalived.model.AutoPriority;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.ProcessSettings;
import org.jkeepalived.model.Processes;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.Reloading;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.PacketMarking;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TableSockets;

/** The dump's first section: the daemon as a whole. */
final class GlobalsText {

  private static final Map<TableSettings.AtStop, String> FLUSH_WORDS =
      Map.of(
          TableSettings.AtStop.REMOVE_EACH, "disabled",
          TableSettings.AtStop.REMOVE_SERVICES, "VS",
          TableSettings.AtStop.FLUSH, "full");

  private final Optional<String> networkNamespace;
  private final CommandText commands;
  private final Consumer<String> lines;

  GlobalsText(Optional<String> networkNamespace, CommandText commands, Consumer<String> lines) {
    this.networkNamespace = networkNamespace;
    this.commands = commands;
    this.lines = lines;
  }

  void write(Configuration configuration) {
    GlobalDefinitions globals = configuration.globals();
    DefaultsText defaults =
        new DefaultsText(configuration.reporting().dumps().defaults(), commands, this::line);
    lines.accept("------< Global definitions >------");
    Reloading reloading = globals.reloading();
    reloading.saveDirectory().ifPresent(folder -> line("Config save dir = " + folder));
    line("Network namespace = " + networkNamespace.orElse("(default)"));
    place(configuration.director().table().sockets());
    globals.processInstance().ifPresent(name -> line("Instance name = " + name));
    Processes processes = globals.processes();
    processes.name().ifPresent(name -> line("Parent process name = " + name));
    processes.vrrp().name().ifPresent(name -> line("VRRP process name = " + name));
    processes.checker().name().ifPresent(name -> line("LVS process name = " + name));
    line("Router ID = " + globals.routerId());
    configuration.reporting().mail().ifPresent(this::mail);
    defaults.mail();
    line(
        reloading.checked()
            ? "Test config before reload"
                + reloading.checkLog().map(file -> ", log to " + file).orElse("")
            : "No test config before reload");
    defaults.dynamicLinks();
    if (configuration.reporting().mail().filter(mail -> !mail.faults()).isPresent()) {
      line("Send emails for fault transitions = off");
    }
    defaults.standardLink();
    Director director = configuration.director();
    table(director.table(), director.sync());
    reporting(configuration.reporting());
    defaults.instances();
    priority(globals.autoPriority());
    // COMPAT: unlike keepalived's, the VRRP thread is more urgent than others where nobody says so
    if (!processes.vrrp().equals(ProcessSettings.VRRP)) {
      process("VRRP", processes.vrrp());
    }
    process("Checker", processes.checker());
    defaults.scripts();
    buffer("vrrp_netlink_cmd_rcv_bufs", configuration.links().buffers().command());
    buffer("vrrp_netlink_monitor_rcv_bufs", configuration.links().buffers().monitor());
    buffer("process_monitor_rcv_bufs", configuration.trackers().processBuffer());
    sockets(director);
    defaults.checks();
    defaults.rooms();
    line(String.format(Locale.ROOT, "umask = 0%o", processes.umask()));
    if (globals.startupDelayNanos() > 0) {
      line("vrrp_startup_delay = " + Durations.seconds(globals.startupDelayNanos()));
    }
    if (globals.logUnknownVrids()) {
      line("log_unknown_vrids");
    }
  }

  private void place(TableSockets sockets) {
    line(
        "Network namespace ipvs = "
            + sockets
                .namespace()
                .map(one -> one.name().orElse("(default)"))
                .orElse("(main namespace)"));
  }

  private void process(String name, ProcessSettings settings) {
    line(name + " process priority = " + settings.nice());
    line(name + " don't swap = " + settings.locked());
    line(name + " realtime priority = " + settings.realTimePriority());
    if (!settings.processors().isEmpty()) {
      // COMPAT: keepalived 2.2.7 has this line, and no number in it
      line(
          name
              + " CPU Affinity = "
              + settings.processors().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(" ")));
    }
    line(name + " realtime limit = " + settings.realTimeLimitMicros());
  }

  private void sockets(Director director) {
    TableSockets sockets = director.table().sockets();
    buffer("lvs_netlink_cmd_rcv_bufs", sockets.command());
    buffer("lvs_netlink_monitor_rcv_bufs", sockets.monitor());
    boolean told =
        director.servers().stream()
            .flatMap(service -> service.servers().stream())
            .anyMatch(server -> server.tidings().fromStart());
    line("rs_init_notifies = " + (told ? 1 : 0));
  }

  private void buffer(String name, ReceiveBuffer buffer) {
    line(name + " = " + buffer.bytes().orElse(0));
    line(name + "_force = " + (buffer.forced() ? 1 : 0));
  }

  private void priority(AutoPriority priority) {
    boolean disabled = priority.most() == AutoPriority.NO_ADVICE;
    line("Max auto priority = " + (disabled ? "Disabled" : priority.most()));
    line("Min auto priority delay = " + Durations.micros(priority.minDelayNanos()) + " usecs");
  }

  private void line(String text) {
    lines.accept(" " + text);
  }

  private void reporting(Reporting reporting) {
    reporting.all().ifPresent(fifo -> fifo("Global", fifo));
    reporting.vrrp().ifPresent(fifo -> fifo("VRRP", fifo));
    reporting.lvs().ifPresent(fifo -> fifo("LVS", fifo));
    line("FIFO write vrrp states on reload = " + reporting.statesOnReload());
  }

  private void table(TableSettings table, Optional<SyncDaemon> sync) {
    table.timeouts().tcp().ifPresent(seconds -> line("LVS TCP timeout = " + seconds));
    table.timeouts().tcpFin().ifPresent(seconds -> line("LVS TCP FIN timeout = " + seconds));
    // COMPAT: UDP's has TCP's name in keepalived 2.2.7
    table.timeouts().udp().ifPresent(seconds -> line("LVS TCP timeout = " + seconds));
    sync.ifPresent(this::sync);
    line("LVS flush = " + table.flushedAtStart());
    line("LVS flush on stop = " + FLUSH_WORDS.get(table.atStop()));
    table.marking().ifPresent(this::marking);
  }

  private void marking(PacketMarking marking) {
    line("ipvs nftables table name = " + marking.table());
    line("ipvs nftables base chain priority = " + marking.priority());
    line("ipvs nftables start fwmark = " + marking.firstMark());
    line("nftables with" + (marking.counted() ? "" : "out") + " counters");
  }

  private void sync(SyncDaemon daemon) {
    daemon.instance().ifPresent(name -> line("LVS syncd vrrp instance = " + name));
    line("LVS syncd interface = " + daemon.interfaceName());
    line("LVS syncd syncid = " + daemon.id());
    SyncDaemon.Transport transport = daemon.transport();
    transport.maxLength().ifPresent(bytes -> line("LVS syncd maxlen = " + bytes));
    transport.groupText().ifPresent(group -> line("LVS mcast group " + group));
    transport.port().ifPresent(port -> line("LVS syncd mcast port = " + port));
    transport.ttl().ifPresent(ttl -> line("LVS syncd mcast ttl = " + ttl));
  }

  private void mail(MailSettings mail) {
    MailSettings.Server server = mail.server();
    line("Smtp server = " + server.host());
    line("Smtp server port = " + server.port());
    line("Smtp HELO name = " + server.heloName());
    line("Smtp server connection timeout = " + Durations.seconds(server.connectTimeoutNanos()));
    line("Email notification from = " + mail.sender());
    line("Email notification to:");
    mail.recipients().forEach(recipient -> line("  " + recipient));
  }

  private void fifo(String name, Fifo fifo) {
    line(name + " notify fifo = " + fifo.path() + commands.owner(fifo).orElse(""));
    fifo.script()
        .ifPresent(script -> line(name + " notify fifo script = " + commands.reader(script, fifo)));
  }
}
