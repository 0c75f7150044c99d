package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The process and the thread of VRRP, as the kernel sees them: /proc, from outside. */
@Lab
final class DaemonProcessLabTest {

  private static String configuration(String... globals) {
    return "global_defs {\n"
        + String.join("\n", globals)
        + "\n}\n"
        + instance(150).with("notify_master \"/bin/sleep 1234\"").text();
  }

  @Test
  void everythingIsSoFromTheStartAndFollowsEachReload() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(
          configuration(
              "process_names",
              "vrrp_priority -5",
              "vrrp_rt_priority 7",
              "vrrp_cpu_affinity 0",
              "vrrp_no_swap",
              "umask IWGRP|IWOTH"));
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, List.of("-m"));
      nodes.awaitFirstIsMaster();
      await(nodes, daemon, "keepalived_vrrp", "-5 7 0");
      assertEquals("keepalived", status(daemon, "Name"), nodes::evidence);
      assertEquals("0022", status(daemon, "Umask"), nodes::evidence);
      assertTrue(
          Scheduling.text(proc(daemon).resolve("limits"))
              .matches("(?s).*\nMax core file size +unlimited +unlimited .*"),
          nodes::evidence);
      Await.until(
          "memory that is not swapped",
          () -> !status(daemon, "VmLck").equals("0 kB"),
          nodes::evidence);
      assertEquals("0 0 all", threads(daemon).get("kernel"), nodes::evidence);
      // a script is an ordinary process, wherever it may run, with the daemon's umask
      assertEquals(List.of("sleep 0 0 all 0022"), sleepers(nodes, daemon), nodes::evidence);

      reload(nodes, daemon, configuration("process_name other", "vrrp_process_name v"));
      await(nodes, daemon, "v", "-10 0 all");
      Await.until(
          "memory as before", () -> status(daemon, "VmLck").equals("0 kB"), nodes::evidence);
      assertEquals("other", status(daemon, "Name"), nodes::evidence);
      assertEquals("0177", status(daemon, "Umask"), nodes::evidence);

      reload(nodes, daemon, configuration("vrrp_priority 3"));
      await(nodes, daemon, "vrrp", "3 0 all");
      Await.until(
          "the name that it was started by",
          () -> status(daemon, "Name").equals("jkeepalived"),
          nodes::evidence);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
      assertEquals(0, daemon.stop());
    }
  }

  /** {@code -u} counts, and the pid file is for everybody. */
  @Test
  void isFoundByTheNameThatItWasStartedBy() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(configuration("umask 022"));
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, List.of("-u", "027"));
      nodes.awaitFirstIsMaster();
      assertEquals("0027", status(daemon, "Umask"), nodes::evidence);
      assertEquals("jkeepalived", status(daemon, "Name"), nodes::evidence);
      String[] words = Scheduling.text(proc(daemon).resolve("cmdline")).split("\0");
      assertTrue(words[0].endsWith("/jkeepalived"), words[0]);
      String pid = Long.toString(daemon.pid());
      for (String[] finder :
          new String[][] {
            {"pidof", "jkeepalived"},
            {"pgrep", "-x", "jkeepalived"},
            {"ps", "-o", "pid=", "-C", "jkeepalived"}
          }) {
        Shell.Result found = nodes.first.execute(finder);
        assertTrue(List.of(found.output().split("\\s+")).contains(pid), found::toString);
      }
      assertEquals("rw-r--r--", permissions(nodes, "run/lab.pid"));
    }
  }

  /** The reload that a file asks for at its time, and the one that a check refuses. */
  @Test
  void reloadsByATimeAndNotWithAFlaw() {
    try (TwoNodes nodes = new TwoNodes()) {
      String[] globals = {
        "reload_time_file /tmp/when",
        "reload_check_config /tmp/check",
        "config_save_dir /tmp/saved",
        "reload_file /run/reload",
        "vrrp_priority 1"
      };
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration(globals));
      nodes.awaitFirstIsMaster();
      await(nodes, daemon, "vrrp", "1 0 all");

      nodes.first.write("run/reload", "waiting");
      globals[globals.length - 1] = "vrrp_priority 2";
      reload(nodes, daemon, configuration(String.join("\n", globals), "no_such_keyword"));
      Await.until(
          "it was read",
          () -> nodes.first.read("run/reload").isEmpty() && read(nodes, 2),
          nodes::evidence);
      // the last that is written of a reading
      Await.until(
          "what is wrong is told",
          () ->
              Files.exists(nodes.first.directory().resolve("tmp/check"))
                  && nodes.first.read("tmp/check").contains("Unknown keyword 'no_such_keyword'"),
          nodes::evidence);
      Await.until(
          "the reload was refused",
          () -> daemon.log().contains("New config failed validation"),
          nodes::evidence);
      assertEquals("1 0 all", threads(daemon).get("vrrp"), nodes::evidence);

      nodes.first.configure(configuration(globals));
      nodes.first.write(
          "tmp/when",
          DateTimeFormatter.ofPattern("HH:mm:ss'Z'")
              .format(LocalDateTime.now(ZoneOffset.UTC).plusSeconds(1)));
      await(nodes, daemon, "vrrp", "2 0 all");
      assertEquals("", nodes.first.read("tmp/when"), nodes::evidence);
      assertFalse(Files.exists(nodes.first.directory().resolve("run/reload")), nodes::evidence);
      assertEquals("rw-------", permissions(nodes, "tmp/check"));
      // of the reload that was refused, and of the one that was not
      Await.until(
          "the data before and after each reload is kept",
          () ->
              saved(nodes, "keepalived_vrrp\\.[0-9]+\\.[12]\\.pre") == 2
                  && saved(nodes, "keepalived_vrrp\\.[0-9]+\\.[12]\\.post") == 2,
          nodes::evidence);
    }
  }

  /** How many configurations were kept. */
  private static boolean read(TwoNodes nodes, int count) {
    return saved(nodes, "keepalived\\.conf\\.[0-9]+\\.[0-9]+") == count;
  }

  private static long saved(TwoNodes nodes, String name) {
    String[] files = nodes.first.directory().resolve("tmp/saved").toFile().list();
    return files == null ? 0 : Stream.of(files).filter(file -> file.matches(name)).count();
  }

  /** {@code net_namespace}: it is started outside, and has pid files of its own. */
  @Test
  void livesInTheNamespaceThatItsFileNames() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(
          "net_namespace " + nodes.second.namespace() + "\ninstance two\n" + configuration());
      Path folder = nodes.first.directory();
      Process daemon =
          new ProcessBuilder(
                  DaemonKind.JKEEPALIVED.program(),
                  "-n",
                  "-l",
                  "-f",
                  folder.resolve("etc/keepalived.conf").toString(),
                  "-p",
                  folder.resolve("run/own.pid").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("own.log").toFile())
              .start();
      try {
        nodes.second.awaitHas(VIRTUAL);
        assertFalse(nodes.first.has(VIRTUAL), nodes::evidence);
        String own = inode(Path.of("/run/netns", nodes.second.namespace()));
        for (String name : List.of("vrrp", "kernel", "links")) {
          assertEquals(own, namespace(daemon.pid(), name), name);
        }
        assertEquals(daemon.pid() + "\n", nodes.first.read("run/own.pid"));
        Path pidFile = Path.of("/run/keepalived", nodes.second.namespace(), "vrrp_two.pid");
        assertEquals(daemon.pid() + "\n", Files.readString(pidFile));
        daemon.destroy();
        assertEquals(0, daemon.waitFor());
        nodes.second.awaitHasNot(VIRTUAL);
        Files.delete(pidFile.getParent());
      } finally {
        daemon.destroyForcibly().waitFor();
      }
    }
  }

  /** Nothing can ever be heard: whoever supervises it is to know. */
  @Test
  void endsAtOnceWithoutTheRightToSpeak() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(configuration());
      Shell.Result refused =
          nodes.first.execute(
              "setpriv",
              "--bounding-set=-net_raw",
              "--inh-caps=-net_raw",
              DaemonKind.JKEEPALIVED.program(),
              "-n",
              "-l",
              "-f",
              nodes.first.directory().resolve("etc/keepalived.conf").toString(),
              "-p",
              nodes.first.directory().resolve("run/x.pid").toString());
      assertEquals(4, refused.exitCode(), refused::toString);
    }
  }

  private static void reload(TwoNodes nodes, StartedDaemon daemon, String configuration) {
    nodes.first.configure(configuration);
    daemon.signal("HUP");
  }

  private static void await(TwoNodes nodes, StartedDaemon daemon, String thread, String wanted) {
    Await.until(
        thread + " " + wanted,
        () -> wanted.equals(threads(daemon).get(thread)),
        () -> threads(daemon) + "\n" + nodes.evidence());
  }

  private static Map<String, String> threads(StartedDaemon daemon) {
    Map<String, String> threads = new TreeMap<>();
    Scheduling.ofThreads(daemon.pid()).forEach(each -> threads.put(each.name(), text(each)));
    return threads;
  }

  /** Nice value, real-time priority, processors. */
  private static String text(Scheduling one) {
    String processors = one.processors().equals(ALL_PROCESSORS) ? "all" : one.processors();
    return one.nice() + " " + one.priority() + " " + processors;
  }

  private static final String ALL_PROCESSORS =
      Scheduling.field(Scheduling.text(Path.of("/proc/self/status")), "Cpus_allowed_list");

  private static List<String> sleepers(TwoNodes nodes, StartedDaemon daemon) {
    Await.until("the script runs", () -> sleeper(daemon) > 0, nodes::evidence);
    long pid = sleeper(daemon);
    String umask =
        Scheduling.field(Scheduling.text(Path.of("/proc", Long.toString(pid), "status")), "Umask");
    return Scheduling.ofThreads(pid).stream()
        .map(each -> each.name() + " " + text(each) + " " + umask)
        .toList();
  }

  private static long sleeper(StartedDaemon daemon) {
    return daemon
        .pids()
        .filter(
            pid ->
                Scheduling.text(Path.of("/proc", Long.toString(pid), "cmdline")).contains("1234"))
        .filter(
            pid ->
                Scheduling.text(Path.of("/proc", Long.toString(pid), "comm"))
                    .strip()
                    .equals("sleep"))
        .findFirst()
        .orElse(0);
  }

  private static String namespace(long pid, String thread) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return tasks
          .filter(task -> Scheduling.text(task.resolve("comm")).strip().equals(thread))
          .map(task -> inode(task.resolve("ns/net")))
          .findFirst()
          .orElse("no thread " + thread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells a namespace from others. */
  private static String inode(Path namespace) {
    try {
      return Files.getAttribute(namespace, "unix:ino").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(StartedDaemon daemon, String field) {
    return Scheduling.field(Scheduling.text(proc(daemon).resolve("status")), field);
  }

  private static Path proc(StartedDaemon daemon) {
    return Path.of("/proc", Long.toString(daemon.pid()));
  }

  private static String permissions(TwoNodes nodes, String file) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(nodes.first.directory().resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
