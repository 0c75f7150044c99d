package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.cli.CommandLine;
import org.jkeepalived.cli.Tasks;
import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TcpCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check against a real nginx, on another machine of a link: well, wrong, gone. */
@Tag("lab")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RealServersLabTest {

  private static final HttpCheck.Tls PLAIN_TLS = new HttpCheck.Tls(false, Optional.empty(), false);
  private static final String BODY = "status: UP\n";

  @TempDir Path directory;

  private LabNamespace director;
  private LabNamespace server;
  private AskingRig rig;
  private Process nginx;

  @BeforeEach
  void open() throws Exception {
    director = new LabNamespace();
    server = new LabNamespace();
    director.vethPair("eth0", server, "eth0");
    address(director, "10.9.0.1/24", "fd00:9::1/64", "fe80::1/64");
    address(director, "10.9.0.3/24", "fd00:9::3/64");
    address(server, "10.9.0.11/24", "fd00:9::11/64", "fe80::99/64");
    rig = director.call(AskingRig::new);
    nginx = startNginx();
    long deadline = System.nanoTime() + 30_000_000_000L;
    // the last one that it opens
    while (!ask(tcp(445)).isEmpty() && System.nanoTime() < deadline) {
      assertTrue(nginx.isAlive(), () -> read(directory.resolve("error.log")));
    }
  }

  private static void address(LabNamespace space, String... addresses) throws Exception {
    for (String each : addresses) {
      if (each.contains(":")) {
        space.ip("addr", "add", each, "dev", "eth0", "nodad");
      } else {
        space.ip("addr", "add", each, "dev", "eth0");
      }
    }
  }

  private Process startNginx() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path root = Files.createDirectory(directory.resolve("www"));
    Files.writeString(root.resolve("index.html"), BODY);
    LabNamespace.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=other.test",
        "-days",
        "1",
        "-keyout",
        directory + "/key.pem",
        "-out",
        directory + "/cert.pem");
    Path configuration =
        Files.writeString(
            directory.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            user root;
            pid DIR/pid;
            error_log DIR/error.log;
            events { }
            http {
              access_log DIR/access.log;
              client_body_temp_path DIR/a; proxy_temp_path DIR/b; fastcgi_temp_path DIR/c;
              uwsgi_temp_path DIR/d; scgi_temp_path DIR/e;
              ssl_certificate DIR/cert.pem;
              ssl_certificate_key DIR/key.pem;
              root DIR/www;
              server {
                listen 80; listen [::]:80;
                location /busy { return 503; }
                location /named { if ($host = www.test) { return 200 named; } return 404; }
                location /chunked/ { ssi on; alias DIR/www/; }
                location /slow { limit_rate 20; }
              }
              server { listen 443 ssl; ssl_protocols TLSv1.3; location /sni { return 200 "$ssl_server_name\\n"; } }
              server { listen 444 ssl; ssl_protocols TLSv1.2; }
              server { listen 445 ssl; ssl_protocols TLSv1; ssl_ciphers ALL:@SECLEVEL=0; }
            }
            """
                .replace("DIR", directory.toString()));
    Files.writeString(
        Files.createDirectories(root.resolve("slow")).resolve("page"), "x".repeat(9000));
    return new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            server.name(),
            "nginx",
            "-p",
            directory.toString(),
            "-c",
            configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    nginx.destroy();
    nginx.waitFor();
    director.close();
    server.close();
  }

  private String ask(Check check) throws Exception {
    return rig.ask(check);
  }

  private static CheckConnection to(String address, int port) throws Exception {
    return new CheckConnection(
        new ServerAddress(InetAddress.getByName(address), port),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        2_000_000_000L);
  }

  private static CheckConnection with(
      CheckConnection to, Optional<String> source, Optional<String> link, long mark)
      throws Exception {
    Optional<InetAddress> address =
        source.isPresent() ? Optional.of(InetAddress.getByName(source.get())) : Optional.empty();
    return new CheckConnection(to.target(), address, 0, link, mark, to.timeoutNanos());
  }

  private static TcpCheck tcp(int port) throws Exception {
    return AskingRig.tcp(to("10.9.0.11", port));
  }

  private static HttpUrl url(String path, Optional<String> host, Optional<String> pattern) {
    return new HttpUrl(
        path,
        host,
        Optional.empty(),
        List.of(HttpUrl.Statuses.SUCCESS),
        pattern.map(
            text -> new HttpUrl.BodyPattern(text, false, List.of(), 0, OptionalLong.empty())),
        false);
  }

  @Test
  void http() throws Exception {
    CheckConnection to = to("10.9.0.11", 80);
    HttpUrl up = url("/", Optional.empty(), Optional.of("sta.us: *UP"));
    assertEquals("", ask(AskingRig.http(to, up)));
    assertEquals("", ask(AskingRig.http(to("fd00:9::11", 80), up)));
    assertEquals(
        "HTTP status 503, wanted 200-299", ask(AskingRig.http(to, AskingRig.url("/busy"))));
    assertEquals(
        "HTTP status 404, wanted 200-299", ask(AskingRig.http(to, AskingRig.url("/named"))));
    assertEquals(
        "", ask(AskingRig.http(to, url("/named", Optional.of("www.test"), Optional.of("named")))));
    assertEquals("no answer within 2 s", ask(AskingRig.http(to, AskingRig.url("/slow/page"))));
    nginx.destroy();
    nginx.waitFor();
    assertEquals("connection refused", ask(AskingRig.http(to, up)));
  }

  @Test
  void tls() throws Exception {
    HttpUrl sni = url("/sni", Optional.of("www.test:8443"), Optional.of("^www.test$"));
    HttpUrl none = url("/sni", Optional.of("www.test"), Optional.of("^$"));
    CheckConnection to = to("10.9.0.11", 443);
    assertEquals("", ask(AskingRig.https(to, PLAIN_TLS, none)));
    assertEquals(
        "", ask(AskingRig.https(to, new HttpCheck.Tls(true, Optional.empty(), false), sni)));
    assertEquals("", ask(AskingRig.https(to("10.9.0.11", 444), PLAIN_TLS, AskingRig.url("/"))));
    String old = ask(AskingRig.https(to("10.9.0.11", 445), PLAIN_TLS, AskingRig.url("/")));
    assertTrue(old.startsWith("TLS: "), old);
    assertEquals(
        "does not speak TLS",
        ask(AskingRig.https(to("10.9.0.11", 80), PLAIN_TLS, AskingRig.url("/"))));
  }

  @Test
  void connectionsGoWhereTheyAreTold() throws Exception {
    CheckConnection four = to("10.9.0.11", 80);
    CheckConnection six = to("fd00:9::11", 80);
    CheckConnection local = to("fe80::99", 80);
    Optional<String> none = Optional.empty();
    Optional<String> eth0 = Optional.of("eth0");
    assertEquals("", ask(AskingRig.tcp(with(four, Optional.of("10.9.0.3"), eth0, 0))));
    assertEquals("", ask(AskingRig.tcp(with(six, Optional.of("fd00:9::3"), none, 0))));
    assertEquals("", ask(AskingRig.tcp(with(local, none, eth0, 0))));
    assertTrue(!ask(AskingRig.tcp(local)).isEmpty());
    assertTrue(!ask(AskingRig.tcp(with(four, none, Optional.of("lo"), 0))).isEmpty());
    HttpUrl up = url("/", Optional.empty(), Optional.empty());
    assertEquals("", ask(AskingRig.http(with(four, Optional.of("10.9.0.3"), none, 0), up)));
    assertTrue(read(directory.resolve("access.log")).contains("10.9.0.3 "));
    director.ip("rule", "add", "fwmark", "77", "unreachable");
    assertEquals("", ask(AskingRig.tcp(four)));
    assertEquals("network is unreachable", ask(AskingRig.tcp(with(four, none, none, 77))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s 10.9.0.11 -p 80 -u /",
        "-s fd00:9::11 -p 80 -u / -P 1.1",
        "-s 10.9.0.11 -p 80 -u /chunked/index.html -P 1.1",
        "-S -s 10.9.0.11 -p 443 -u /",
        "-S -I -s 10.9.0.11 -p 443 -u /sni -V www.test",
        "-s 10.9.0.11 -p 80 -u /named -V www.test",
        "-s 10.9.0.11 -p 80 -u /busy",
        "-v -s 10.9.0.11 -p 80 -u /",
        "-s 10.9.0.11 -p 9 -u /"
      })
  void genhashPrintsWhatKeepalivedsDoes(String options) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/genhash")), "genhash is not installed");
    Path file = directory.resolve("theirs");
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", director.name(), "genhash"));
    command.addAll(List.of(options.split(" ")));
    new ProcessBuilder(command).redirectOutput(file.toFile()).start().waitFor();
    List<String> words = new ArrayList<>(List.of("genhash"));
    words.addAll(List.of(options.split(" ")));
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    director.call(
        () ->
            new CommandLine(
                    new PrintStream(ours, true),
                    System.err,
                    Map.of(),
                    new Tasks(
                        daemon -> 1,
                        (daemon, output) -> 1,
                        (daemon, out, err) -> 1,
                        PageHashRun::run,
                        daemon ->
                            new ControlPlace(Path.of("/none"), Path.of("/none"), Path.of("/none")),
                        (daemon, lines) -> {}))
                .run(words));
    assertEquals(withoutTimes(read(file)), withoutTimes(ours.toString()));
    assertFalse(ours.toString().isBlank());
  }

  private static String withoutTimes(String said) {
    return said.replaceAll("(?m)^Date: .*$", "Date")
        .replaceAll("(?s)Header Buffer .*?(?=-+\\[ HTTP Header Ascii)", "Header Buffer")
        .replaceAll("= [0-9]+ usecs", "= usecs");
  }

  @Test
  void serversThatNoRouteLeadsTo() throws Exception {
    assertEquals("", ask(tcp(80)));
    director.ip("route", "add", "unreachable", "10.9.0.11/32");
    assertEquals("no route to host", ask(tcp(80)));
    director.ip("route", "del", "unreachable", "10.9.0.11/32");
    assertEquals("", ask(tcp(80)));
    assertEquals("no answer within 2 s", ask(AskingRig.tcp(to("10.9.0.200", 80))));
  }
}
