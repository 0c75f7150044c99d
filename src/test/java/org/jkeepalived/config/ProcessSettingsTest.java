package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.ProcessSettings;
import org.jkeepalived.model.Processes;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.Reloading;
import org.jkeepalived.model.lvs.TableNamespace;
import org.jkeepalived.model.lvs.TableSockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of keepalived's processes, of the reading itself, and of sockets. */
class ProcessSettingsTest {

  private static LoadedConfiguration read(String globals) {
    return Reading.of("k.conf", "global_defs {\n" + globals.replace("; ", "\n") + "\n}\n");
  }

  private static Processes processes(String globals) {
    return read(globals).configuration().globals().processes();
  }

  private static ProcessSettings settings(String globals) {
    return processes(globals).checker();
  }

  @Test
  void everythingIsRead() {
    assertEquals(ProcessSettings.STANDARD, settings("router_id x"));
    assertEquals(
        new ProcessSettings(Optional.of("dogs"), -5, 20, List.of(0, 1), true, 20_000),
        settings(
            "checker_priority -5; checker_rt_priority 20; checker_cpu_affinity 1 0 1;"
                + " checker_no_swap; checker_rlimit_rttime 20000; lvs_process_name dogs"));
  }

  /** COMPAT: what is beyond a real-time priority's range is its end, and names are cut. */
  @ParameterizedTest
  @CsvSource({"0, 1", "-7, 1", "100, 99", "50, 50", "x, 0"})
  void realTimePriorities(String written, int read) {
    assertEquals(read, settings("checker_rt_priority " + written).realTimePriority());
  }

  @ParameterizedTest
  @CsvSource({
    "exactly-fifteen, exactly-fifteen",
    "this-is-sixteen_, this-is-sixteen",
    // in bytes, of which ü has two
    "sünfzehn-und-ei, sünfzehn-und-e",
  })
  void namesAreAsLongAsTheKernelKeepsThem(String written, String read) {
    assertEquals(Optional.of(read), settings("checker_process_name " + written).name());
  }

  /** The host has two. Of several lines the last one counts, and one with a slip not at all. */
  @Test
  void processorsThatThereAreNot() {
    assertEquals(
        List.of(
            "number '2' outside range [0, 1]", "Invalid cpu_id:2 specified for checker process"),
        read("checker_cpu_affinity 0 2").diagnostics().stream().map(Diagnostic::message).toList());
    assertEquals(List.of(), settings("checker_cpu_affinity 0 2").processors());
    assertEquals(
        List.of(1), settings("checker_cpu_affinity 0; checker_cpu_affinity 1").processors());
    assertEquals(
        "number '-1' outside range [0, 1]",
        read("checker_cpu_affinity -1").diagnostics().get(0).message());
  }

  @Test
  void everythingOfVrrpIsRead() {
    assertEquals(ProcessSettings.VRRP, processes("router_id x").vrrp());
    assertEquals(
        new ProcessSettings(Optional.of("v"), 0, 99, List.of(1), true, 30_000),
        processes(
                "vrrp_priority 0; vrrp_rt_priority 99; vrrp_cpu_affinity 1; vrrp_no_swap;"
                    + " vrrp_rlimit_rtime 30000; vrrp_process_name v")
            .vrrp());
  }

  /** Whatever comes first, a name of its own counts. */
  @ParameterizedTest
  @CsvSource({
    "router_id x, '', '', ''",
    "process_names, keepalived, keepalived_vrrp, keepalived_ipvs",
    "process_name a; process_names; vrrp_process_name b, a, b, keepalived_ipvs",
  })
  void names(String globals, String whole, String vrrp, String checker) {
    Processes read = processes(globals);
    assertEquals(whole, read.name().orElse(""));
    assertEquals(vrrp, read.vrrp().name().orElse(""));
    assertEquals(checker, read.checker().name().orElse(""));
  }

  /** A wrong one leaves what stands before it. */
  @ParameterizedTest
  @CsvSource({
    "router_id x, 127",
    "umask 022, 18",
    "umask 18, 18",
    "umask 0x1ff, 511",
    "umask IRUSR|IWGRP | IXOTH, 273",
    "umask IXUSR|IRWXG|IRWXO, 127",
    "umask 022; umask 01000, 18",
    "umask 022; umask IRUSR|, 18",
  })
  void umask(String globals, int mask) {
    assertEquals(mask, processes(globals).umask());
  }

  @Test
  void whatHappensAroundAReadingIsRead() {
    assertEquals(Reloading.STANDARD, read("router_id x").configuration().globals().reloading());
    assertEquals(
        new Reloading(
            true,
            Optional.of("/l"),
            Optional.of("/t"),
            true,
            Optional.of(new Reloading.Mark(Optional.of("/m"))),
            Optional.of("/s")),
        read("reload_check_config /l; reload_time_file /t; reload_repeat; reload_file /m;"
                + " config_save_dir /s; tmp_config_directory /x")
            .configuration()
            .globals()
            .reloading());
    assertEquals(
        Optional.of(new Reloading.Mark(Optional.empty())),
        read("reload_file").configuration().globals().reloading().mark());
  }

  @Test
  void socketsAreRead() {
    String buffers =
        "global_defs {\nlvs_netlink_cmd_rcv_bufs 300000\n"
            + "lvs_netlink_cmd_rcv_bufs_force\nlvs_netlink_monitor_rcv_bufs 100000\n}\n";
    assertEquals(
        new TableSockets(
            Optional.of(new TableNamespace(Optional.of("blue"))),
            new ReceiveBuffer(OptionalLong.of(300_000), true),
            new ReceiveBuffer(OptionalLong.of(100_000), false)),
        sockets("net_namespace_ipvs blue\n" + buffers));
    assertEquals(
        Optional.of(new TableNamespace(Optional.empty())),
        sockets("net_namespace_ipvs\n").namespace());
    assertEquals(TableSockets.STANDARD, sockets("net_namespace blue\n"));
  }

  private static TableSockets sockets(String text) {
    return Reading.of("k.conf", text).configuration().director().table().sockets();
  }
}
