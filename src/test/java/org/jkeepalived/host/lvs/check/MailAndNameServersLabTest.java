package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.DnsCheck.Type;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks against OpenSMTPD and dnsmasq on another machine of a link: well, wrong, stuck, gone. */
@Tag("lab")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MailAndNameServersLabTest {

  private static final String SMTPD =
      """
      mount --bind "$1/run" /run
      mount --bind "$1/spool" /var/spool
      exec smtpd -d -f "$1/smtpd.conf"
      """;

  @TempDir Path directory;

  private LabNamespace director;
  private LabNamespace server;
  private AskingRig rig;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    director = new LabNamespace();
    server = new LabNamespace();
    director.vethPair("eth0", server, "eth0");
    director.ip("addr", "add", "10.9.0.1/24", "dev", "eth0");
    director.ip("addr", "add", "fd00:9::1/64", "dev", "eth0", "nodad");
    server.ip("addr", "add", "10.9.0.11/24", "dev", "eth0");
    server.ip("addr", "add", "fd00:9::11/64", "dev", "eth0", "nodad");
    server.ip("link", "set", "lo", "up");
    rig = director.call(AskingRig::new);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    for (Process each : started) {
      signal(each, "CONT");
      List<ProcessHandle> all = family(each);
      all.forEach(ProcessHandle::destroy);
      each.waitFor(20, TimeUnit.SECONDS);
      all.forEach(ProcessHandle::destroyForcibly);
    }
    director.close();
    server.close();
  }

  private Process start(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", server.name()));
    words.addAll(List.of(command));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static List<ProcessHandle> family(Process process) {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  private static void signal(Process process, String signal) throws Exception {
    for (ProcessHandle each : family(process)) {
      new ProcessBuilder("kill", "-" + signal, "" + each.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  private void end(Process process) throws Exception {
    signal(process, "CONT");
    family(process).forEach(ProcessHandle::destroy);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the server does not end");
  }

  /** Asks until the server that was just started answers well. */
  private void awaitWell(Process process, Check check) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    String reason = rig.ask(check);
    while (!reason.isEmpty() && System.nanoTime() - deadline < 0) {
      assertTrue(process.isAlive(), () -> read(directory.resolve("said")));
      reason = rig.ask(check);
    }
    assertEquals("", reason, () -> read(directory.resolve("said")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static CheckConnection to(String address, int port, long timeoutMillis) throws Exception {
    return new CheckConnection(
        new ServerAddress(InetAddress.getByName(address), port),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        timeoutMillis * 1_000_000);
  }

  private static SmtpCheck mail(String address, long timeoutMillis, String heloName)
      throws Exception {
    return new SmtpCheck(AskingRig.SCHEDULE, to(address, 25, timeoutMillis), heloName);
  }

  private static DnsCheck name(String address, long timeoutMillis, Type type, String name)
      throws Exception {
    return new DnsCheck(AskingRig.SCHEDULE, to(address, 53, timeoutMillis), type, name);
  }

  @Test
  void mailServer() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/smtpd")), "no OpenSMTPD here");
    Files.createDirectory(directory.resolve("run"));
    Files.createDirectory(directory.resolve("spool"));
    Files.writeString(
        directory.resolve("smtpd.conf"),
        "listen on 10.9.0.11 port 25\nlisten on fd00:9::11 port 25\n"
            + "action \"a\" relay\nmatch from local for any action \"a\"\n");
    Process smtpd = start("unshare", "--mount", "sh", "-ec", SMTPD, "sh", directory.toString());
    awaitWell(smtpd, mail("10.9.0.11", 2_000, "director.test"));
    assertEquals("", rig.ask(mail("fd00:9::11", 10_000, "director.test")));
    String refused = rig.ask(mail("10.9.0.11", 10_000, "no name"));
    assertTrue(refused.matches("answered \"501.*\", wanted 250"), refused);
    signal(smtpd, "STOP");
    assertEquals("no answer within 0.5 s", rig.ask(mail("10.9.0.11", 500, "director.test")));
    signal(smtpd, "CONT");
    assertEquals("", rig.ask(mail("10.9.0.11", 10_000, "director.test")));
    end(smtpd);
    StringBuilder said = new StringBuilder();
    assertEquals("connection refused", rig.ask(mail("10.9.0.11", 10_000, "director.test"), said));
    assertTrue(
        said.toString().startsWith("SMTP_CHECK Could not connect to server [10.9.0.11]:25\n"),
        said.toString());
  }

  @Test
  void nameServer() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/dnsmasq")), "no dnsmasq here");
    Process dnsmasq =
        start(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--pid-file=",
            "--user=root",
            "--no-resolv",
            "--no-hosts",
            "--host-record=www.example.test,10.9.0.11",
            "--mx-host=example.test,mail.example.test,10",
            "--txt-record=example.test,hello",
            "--cname=other.example.test,www.example.test",
            "--local=/example.test/");
    awaitWell(dnsmasq, name("10.9.0.11", 1_000, Type.A, "www.example.test"));
    assertEquals("", rig.ask(name("fd00:9::11", 10_000, Type.A, "www.example.test.")));
    assertEquals("", rig.ask(name("10.9.0.11", 10_000, Type.AAAA, "www.example.test")));
    assertEquals("", rig.ask(name("10.9.0.11", 10_000, Type.MX, "example.test")));
    assertEquals("", rig.ask(name("10.9.0.11", 10_000, Type.TXT, "example.test")));
    assertEquals("", rig.ask(name("10.9.0.11", 10_000, Type.CNAME, "other.example.test")));
    assertEquals(
        "response code 3, wanted 0",
        rig.ask(name("10.9.0.11", 10_000, Type.A, "gone.example.test")));
    assertEquals("response code 5, wanted 0", rig.ask(name("10.9.0.11", 10_000, Type.SOA, "")));
    assertEquals("response code 5, wanted 0", rig.ask(name("10.9.0.11", 10_000, Type.NS, "test")));
    signal(dnsmasq, "STOP");
    assertEquals(
        "no answer within 0.5 s", rig.ask(name("10.9.0.11", 500, Type.A, "www.example.test")));
    signal(dnsmasq, "CONT");
    assertEquals("", rig.ask(name("10.9.0.11", 10_000, Type.A, "www.example.test")));
    end(dnsmasq);
    assertEquals(
        "connection refused", rig.ask(name("10.9.0.11", 10_000, Type.A, "www.example.test")));
    assertEquals(
        "connection refused", rig.ask(name("fd00:9::11", 10_000, Type.A, "www.example.test")));
  }

  /** Nobody has the address: the kernel knows it at once, or after three seconds. */
  @Test
  void nobodyThere() throws Exception {
    StringBuilder said = new StringBuilder();
    assertEquals("no route to host", rig.ask(mail("10.9.0.99", 10_000, "director.test"), said));
    assertTrue(
        said.toString().startsWith("SMTP_CHECK Could not connect to server [10.9.0.99]:25\n"),
        said.toString());
    said = new StringBuilder();
    assertEquals(
        "no answer to the search for its link-layer address",
        rig.ask(name("10.9.0.99", 500, Type.A, "x"), said));
    assertTrue(said.toString().startsWith("DNS_CHECK (RS) read timeout from socket\n"));
    director.ip("route", "add", "unreachable", "10.9.7.0/24");
    assertEquals("no route to host", rig.ask(mail("10.9.7.1", 10_000, "director.test")));
    assertEquals("no route to host", rig.ask(name("10.9.7.1", 10_000, Type.A, "x")));
  }
}
