package org.jkeepalived.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.log.Facility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final int DAEMON_RAN = 77;
  private static final int TEST_RAN = 4;
  private static final int ASKED = 77;
  private static final int RELEASED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<DaemonOptions> started = new ArrayList<>();

  /** What keepalived 2.2.7 prints on standard error, line by line, and its exit code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Z|1|Unknown option -Z",
        "--bogus|1|Unknown option --bogus",
        "--all=3|1|Unknown option --all=3",
        "-f|1|Missing parameter for option -f",
        "--signum=|1|Missing parameter for option --signum",
        "--pid= --namespace=|1|Missing parameter for option --pid;"
            + "Missing parameter for option --namespace",
        "-fX -Z --bogus=3 -p|1|Unknown option -Z;Unknown option --bogus=3;"
            + "Missing parameter for option -p",
        "--signum=FOO|1|Unknown sigfunc FOO",
        "--signum=stop|1|Unknown sigfunc stop",
        "-S 9|77|Invalid log facility '9'",
        "-S kern|77|Invalid log facility 'kern'",
        "-u zz|77|Invalid --umask option zz",
        "-u 099|77|Invalid --umask option 099",
        "-u 01000|77|Invalid --umask option 01000",
        "-n extra|77|'Unexpected argument(s): extra '",
      })
  void complainsAsKeepalivedDoes(String commandLine, int exitCode, String complaints) {
    assertEquals(exitCode, run(commandLine.split(" ")));
    assertEquals(complaints.replace(";", "\n") + "\n", text(err));
    assertEquals("", text(out));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,15",
    "RELOAD,1",
    "DATA,10",
    "STATS,12",
    "STATS_CLEAR,63",
    "JSON,36",
    "TDATA,64"
  })
  void printsTheNumberOfASignal(String name, String number) {
    assertEquals(0, run("--signum=" + name));
    assertEquals(number + "\n", text(out));
  }

  @Test
  void actsOnOptionsInTheirOrder() {
    assertEquals(0, run("-Z", "--signum=STOP", "-p"));
    assertEquals("Unknown option -Z\n", text(err));
    assertEquals("15\n", text(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--version", "-vh", "-Dv", "-v --bogus"})
  void printsItsVersion(String commandLine) {
    assertEquals(0, run(commandLine.split(" ")));
    assertTrue(
        text(err).matches("(?s)Jkeepalived v2\\.4\\.3 \\(jkeepalived .*--enable-json.*"),
        text(err));
    assertEquals(List.of(), started);
  }

  @Test
  void releasesWhatTheDaemonOfAPidFileHasLeft() {
    assertEquals(RELEASED, run("-p", "/run/x.pid", "--release"));
    assertEquals("releasing Optional[/run/x.pid]\n", text(out));
    assertEquals(List.of(), started);
    assertEquals(1, run("--release", "--bogus"));
    assertEquals("Unknown option --bogus\n", text(err));
  }

  /** Programs that know keepalived ask by its name, once it has been replaced. */
  @Test
  void theVersionIsToldUnderTheNameThatWasAskedFor() {
    String plain = VersionText.text(Map.of());
    assertTrue(plain.startsWith("Jkeepalived v2."), plain);
    assertEquals(plain, VersionText.text(Map.of("JKEEPALIVED_NAME", "jkeepalived")));
    assertEquals(
        plain.replaceFirst("Jkeepalived", "Keepalived"),
        VersionText.text(Map.of("JKEEPALIVED_NAME", "keepalived")));
  }

  /** {@code --rel} is keepalived's {@code --release-vips}, as it always was. */
  @Test
  void whatAbbreviatesKeepalivedsOptionMeansThat() {
    assertTrue(started("--rel").process().stop().dropAddressesOnSignal());
  }

  @Test
  void helpNamesEveryOption() {
    assertEquals(0, run("-hv"));
    for (Option option : Option.values()) {
      assertTrue(text(err).contains("--" + option.longName()), option.longName());
    }
  }

  /**
   * An operator learns it from the list, and from whoever runs it; a test of the file says nothing.
   */
  @ParameterizedTest
  @EnumSource(Option.class)
  void whatHasNoEffectSaysSoOnce(Option option) {
    String value = option.value() == Option.Value.REQUIRED ? "=/x" : "";
    String word = "--" + option.longName() + value;
    assertEquals(0, run("-h"));
    String help = helpOn(option);
    err.reset();
    if (option.withoutEffect().isPresent()) {
      assertEquals(DAEMON_RAN, run(word, word));
      String line = option.spelling() + " has no effect: " + option.withoutEffect().get() + "\n";
      assertEquals(line, text(err));
      assertTrue(help.matches("(?s).*([Nn]o effect|not yet supported).*"), help);
      err.reset();
      assertEquals(TEST_RAN, run("-t", word));
      assertEquals("testing /etc/keepalived/keepalived.conf\n", text(err));
    } else {
      run(word);
      assertFalse(text(err).contains("has no effect"), text(err));
      assertFalse(help.matches("(?s).*(o effect|not yet).*"), help);
    }
  }

  /** Its line in what is printed, and those that go on with it. */
  private String helpOn(Option option) {
    String text = text(err);
    int from = text.split("--" + option.longName() + "(?![a-z-])", 2)[0].length();
    int next = text.indexOf("\n  ", from);
    while (text.startsWith(" ".repeat(30), next + 1)) {
      next = text.indexOf("\n  ", next + 1);
    }
    return text.substring(from, next < 0 ? text.length() : next);
  }

  @Test
  void withoutOptionsTheDaemonHasKeepalivedsDefaults() {
    DaemonOptions options = started();
    assertEquals("/etc/keepalived/keepalived.conf", options.configuration().file());
    assertEquals(new DaemonOptions.Subsystems(true, true, true, false), options.subsystems());
    assertEquals(new DaemonOptions.Stop(false, false, false, true), options.process().stop());
    assertFalse(options.process().foreground());
    assertEquals(OptionalInt.empty(), options.process().umask());
    assertTrue(options.log().syslog());
    assertFalse(options.log().console());
    assertEquals(Facility.DAEMON, options.log().facility());
    assertEquals(Optional.empty(), options.log().file());
  }

  @Test
  void everyOptionReachesTheDaemon() {
    DaemonOptions options =
        started(
            "-nlDGXVIRdaexm",
            "-f",
            "k.conf",
            "-S3",
            "-g/x.log",
            "--flush-log-file",
            "-p",
            "/p",
            "-r",
            "/r",
            "-c",
            "/c",
            "-b",
            "/b",
            "-s",
            "blue",
            "-i",
            "id",
            "-A",
            "/a",
            "-u",
            "027",
            "-Mpattern",
            "--perf=run",
            "--debug=Dv",
            "--no-mem-check");
    assertEquals(
        new DaemonOptions.Configuration(
            "k.conf", Path.of("k.conf").toAbsolutePath(), Optional.of("id"), true, true),
        options.configuration());
    assertEquals(new DaemonOptions.Stop(true, true, true, false), options.process().stop());
    assertEquals(
        new DaemonOptions.PidFiles(
            Optional.of(Path.of("/p")),
            Optional.of(Path.of("/r")),
            Optional.of(Path.of("/c")),
            Optional.of(Path.of("/b"))),
        options.process().pidFiles());
    assertTrue(options.process().foreground());
    assertEquals(Optional.of("blue"), options.process().networkNamespace());
    assertEquals(OptionalInt.of(027), options.process().umask());
    assertEquals(
        new DaemonOptions.CoreDump(true, Optional.of("pattern")), options.process().coreDump());
    assertEquals(
        new DaemonOptions.Observation(
            true, true, Optional.of("/a"), Optional.of("run"), Optional.of("Dv")),
        options.observation());
    assertTrue(options.log().console() && options.log().detailed() && !options.log().syslog());
    assertEquals(new Facility(19), options.log().facility());
    assertEquals(Optional.of(Path.of("/x.log")), options.log().file());
    assertTrue(options.log().flushEachLine());
  }

  @ParameterizedTest
  @CsvSource({
    "-P,       true,  false, false, false",
    "-C,       false, true,  false, false",
    "-PC,      true,  true,  false, false",
    "-B,       true,  true,  false, false",
    "-PB,      true,  false, false, false",
    "-P --all, true,  true,  true,  true",
    "-B --all, true,  true,  true,  true"
  })
  void choosesSubsystems(
      String commandLine, boolean vrrp, boolean checkers, boolean bfd, boolean all) {
    assertEquals(
        new DaemonOptions.Subsystems(vrrp, checkers, bfd, all),
        started(commandLine.split(" ")).subsystems());
  }

  @ParameterizedTest
  @CsvSource({"-g, /tmp/keepalived.log", "-g/a.log, /a.log", "-g /a.log, /a.log"})
  void takesALogFileAttachedOrNot(String commandLine, Path file) {
    assertEquals(Optional.of(file), started(commandLine.split(" ")).log().file());
    assertEquals("", text(err));
  }

  @Test
  void testsAConfiguration() {
    assertEquals(TEST_RAN, run("-t", "-f", "/x.conf"));
    assertEquals("testing /x.conf\n", text(err));
  }

  @Test
  void appendsATestsOutputToAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("out");
    assertEquals(TEST_RAN, run("-t" + file, "-f", "/x.conf"));
    assertEquals(TEST_RAN, run("--config-test=" + file, "-f", "/y.conf"));
    assertEquals("testing /x.conf\ntesting /y.conf\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("", text(err));
  }

  @Test
  void saysWhenATestsFileCannotBeWritten(@TempDir Path directory) {
    Path file = directory.resolve("no/out");
    assertEquals(2, run("-t" + file));
    assertEquals("Cannot write " + file + ": No such file or directory\n", text(err));
  }

  @Test
  void saysThatATestsFileIsAFolder(@TempDir Path directory) {
    assertEquals(2, run("-t" + directory));
    assertEquals("Cannot write " + directory + ": Is a directory\n", text(err));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "status --json VI_1",
        "reload",
        "plan",
        "log-level all",
        "maintenance on --for 2h"
      })
  void saysWhichDaemonItHasLookedFor(String question, @TempDir Path directory) {
    String pidFile = directory + "/d.pid";
    assertEquals(4, run((question + " -p " + pidFile).split(" ")));
    assertEquals(
        "No daemon runs that has "
            + pidFile
            + " (there is no "
            + pidFile
            + ".control); another daemon is named by its -p PIDFILE or its -s NAMESPACE\n",
        text(err));
    assertEquals("", text(out));
    assertEquals(List.of(), started);
  }

  /** What a textfile collector reads of a daemon that is dead: an alert needs the number. */
  @Test
  void metricsOfNobodySaySo(@TempDir Path directory) {
    assertEquals(4, run("status", "--metrics", "-p", directory + "/d.pid"));
    assertEquals(
        "# HELP keepalived_up Status\n# TYPE keepalived_up gauge\nkeepalived_up 0\n", text(out));
    assertTrue(text(err).startsWith("No daemon runs"), text(err));
  }

  /** A file that was named for the daemon is a way to name another one; that of a plan is none. */
  @Test
  void saysThatAFileNamesADaemonWhereItDoes(@TempDir Path directory) {
    String options = " -p " + directory + "/d.pid -f " + directory + "/d.conf";
    assertEquals(4, run(("status" + options).split(" ")));
    assertTrue(text(err).endsWith("its -p PIDFILE, its -s NAMESPACE or its -f FILE\n"), text(err));
    err.reset();
    assertEquals(4, run(("plan" + options).split(" ")));
    assertTrue(text(err).endsWith("its -p PIDFILE or its -s NAMESPACE\n"), text(err));
  }

  /** Answers one question with what is to be shown. */
  private static ServerSocketChannel answering(Path socket, int status, String text)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Thread daemon =
        new Thread(
            () -> {
              try (SocketChannel asker = server.accept()) {
                // closed with something unread, it would be reset
                ByteBuffer question = ByteBuffer.allocate(1000);
                while (question.position() == 0 || question.get(question.position() - 1) != '\n') {
                  asker.read(question);
                }
                String head = status + " " + content.length + "\n";
                asker.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
                asker.write(ByteBuffer.wrap(content));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    daemon.start();
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status -w", "reload"})
  void aRefusalIsAnErrorToo(String question, @TempDir Path directory) throws IOException {
    try (ServerSocketChannel daemon = answering(directory.resolve("d.pid.control"), 3, "No \n")) {
      assertEquals(3, run((question + " -p " + directory + "/d.pid").split(" ")));
      assertEquals("No \n", text(err));
      assertEquals("", text(out));
      assertTrue(daemon.isOpen());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "plan", "log-level"})
  void aNameSteersNoTerminal(String question, @TempDir Path directory) throws IOException {
    String name = "VI_\033[2J\u009b1m\u202e\r";
    try (ServerSocketChannel daemon =
        answering(directory.resolve("d.pid.control"), 0, name + " is\nm\u00e4chtig\n")) {
      assertEquals(0, run((question + " -p " + directory + "/d.pid").split(" ")));
      assertEquals("VI_\\x1b[2J\\x9b1m\\u202e\\r is\nm\u00e4chtig\n", text(out));
      assertTrue(daemon.isOpen());
    }
  }

  /** What only looks like no daemon. */
  @ParameterizedTest
  @CsvSource({"link, a symbolic link", "file, a regular file", "folder, a directory"})
  void saysWhatHasTheSocketsName(String what, String told, @TempDir Path directory)
      throws IOException {
    Path socket = directory.resolve("d.pid.control");
    switch (what) {
      case "link" -> Files.createSymbolicLink(socket, directory.resolve("elsewhere"));
      case "file" -> Files.createFile(socket);
      default -> Files.createDirectory(socket);
    }
    assertEquals(4, run("status", "-p", directory + "/d.pid"));
    assertEquals(
        "The daemon that has "
            + directory
            + "/d.pid cannot be asked, should it run: the name of its socket, "
            + socket
            + ", is taken by "
            + told
            + " that no jkeepalived has made; remove that, and reload the daemon by SIGHUP\n",
        text(err));
  }

  /** An empty one is what a script says whose variable is not set; it would mean all instances. */
  @Test
  void aNameThatIsNoneIsAnError(@TempDir Path directory) {
    String pidFile = directory + "/d.pid";
    for (String name : List.of("", " ", "Z\nx")) {
      err.reset();
      assertEquals(2, run("maintenance", "on", "-p", pidFile, name), name);
      assertTrue(text(err).startsWith("Unmatched argument"), text(err));
    }
    assertEquals(2, run("maintenance", "on", ""));
    assertEquals(2, run("maintenance", "on", "--", "--keep"));
    assertEquals(2, run("server", "", "", "drain"));
  }

  /** And {@code plan -f} names the file to plan. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status --json VI_1 -f /x/../a b.conf | file=%2Fa+b.conf status json VI_1",
        "reload -f /x.conf | file=%2Fx.conf reload",
        "maintenance on --use-file=/x.conf | file=%2Fx.conf maintenance on",
        "server V R drain -f /x.conf | file=%2Fx.conf server V R drain",
        "log-level all -f /x.conf | file=%2Fx.conf log-level all",
        "plan -f /x.conf | plan /x.conf",
        "status | status"
      })
  void theFileOfTheDaemonThatIsMeantIsPartOfTheQuestion(
      String question, String line, @TempDir Path directory) throws Exception {
    Path pidFile = directory.resolve("d.pid");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(pidFile + ".control"));
      CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> refuse(server));
      List<String> words = new ArrayList<>(List.of(question.split(" (?!b\\.conf)")));
      words.addAll(List.of("-p", pidFile.toString()));
      assertEquals(2, run(words.toArray(String[]::new)));
      assertEquals(line + "\n", heard.join());
      assertEquals("no\n", text(err));
    }
  }

  private static String refuse(ServerSocketChannel server) {
    try (SocketChannel one = server.accept()) {
      ByteBuffer bytes = ByteBuffer.allocate(1000);
      one.read(bytes);
      one.write(ByteBuffer.wrap("2 3\nno\n".getBytes(StandardCharsets.UTF_8)));
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDaemonOfAnotherKindCannotBeAsked(@TempDir Path directory) throws Exception {
    Path pidFile = Files.writeString(directory.resolve("d.pid"), "1\n");
    assertEquals(4, run("status", "-p", pidFile.toString()));
    assertTrue(text(err).contains("it is no jkeepalived, or has not started yet"), text(err));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genhash -v -S -I -s 10.0.0.1 -p 8443 -u /x -V www.test -m 7 -P 1.0c -t 3",
        "genhash -vSIs10.0.0.1 -p8443 -u/x -Vwww.test -m7 -P1.0C -t3",
        "-T -vSI --server=10.0.0.1 --port 8443 --url /x --use-virt www.test --fwmark 7"
            + " --protocol 1.0C --timeout 3",
        "-D --genhash --use-ssl --use-sni --verbose -s 10.0.0.1 -p 8443 -u /x -V www.test -m 7"
            + " -P 1.0C -t 3 -H md5"
      })
  void genhashAsksForAPage(String commandLine) {
    assertEquals(ASKED, run(commandLine.split(" ")));
    assertTrue(
        text(out)
            .matches(
                "HttpCheck\\[.*connection=CheckConnection\\[target=ServerAddress\\[address=/10.0.0.1,"
                    + " port=8443], source=.*, mark=7, timeoutNanos=3000000000],"
                    + " version=HTTP_1_0C,.*tls=Optional\\[Tls\\[namesServer=true,.*path=/x,.*www.test.*"
                    + " verbose\n"),
        text(out));
    assertEquals("", text(err));
    assertEquals(List.of(), started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-s nosuch -u / | server should be an IP, not nosuch",
        "-s 1.2.3.4.5 -u / | server should be an IP, not 1.2.3.4.5",
        "-s 10.0.0.1 -u / -p x | invalid port number 'x'",
        "-s 10.0.0.1 -u / -p 65536 | invalid port number '65536'",
        "-s 10.0.0.1 -u / -P 3 | invalid HTTP protocol version '3'",
        "-s 10.0.0.1 -u / -H sha1 | invalid hash algorithm 'sha1': there is MD5",
        "-s 10.0.0.1 | Usage: genhash COMMAND [OPTIONS]",
        "-h | Usage: genhash COMMAND [OPTIONS]",
        "-z | Unknown option: '-z'",
      })
  void genhashRefuses(String commandLine, String complaint) {
    List<String> words = new ArrayList<>(List.of("genhash"));
    words.addAll(List.of(commandLine.split(" ")));
    assertEquals(1, run(words.toArray(String[]::new)));
    assertTrue(text(err).startsWith(complaint + "\n"), text(err));
    assertTrue(text(err).endsWith("--timeout         -t       Timeout in seconds\n"), text(err));
    assertEquals("", text(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "explain"})
  void aSubcommandHasHelp(String name) {
    assertEquals(0, run(name, "--help"));
    assertTrue(text(out).startsWith("Usage: jkeepalived " + name + " [-h"), text(out));
    assertEquals("", text(err));
  }

  @Test
  void explainsKeywords() {
    assertEquals(0, run("explain", "vrrp_script/rise", "vrrp_version"));
    assertEquals(
        """
        rise INTEGER
            successes in a row until it is well
            values:       1 to 2147483647
            default:      1
            in:           vrrp_script

        vrrp_version INTEGER
            the protocol's version
            values:       2 to 3
            default:      2
            in:           global_defs
        """,
        text(out));
    assertEquals("", text(err));
    assertEquals(List.of(), started);
  }

  @Test
  void explainsTheKnownOnesBesideAnUnknownOne() {
    assertEquals(1, run("explain", "prioritty", "qqqqqqqq", "vrrp_script/init_fail"));
    assertEquals(
        "explain: 'prioritty' is no keyword; did you mean 'priority'?\n"
            + "explain: 'qqqqqqqq' is no keyword\n",
        text(err));
    assertTrue(text(out).startsWith("init_fail\n"), text(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "explain --bogus priority"})
  void explainNeedsKeywords(String commandLine) {
    assertEquals(1, run(commandLine.split(" ")));
    assertTrue(text(err).contains("Usage: jkeepalived explain [-h] KEYWORD..."), text(err));
    assertEquals("", text(out));
  }

  /** As keepalived takes any word that it does not expect. */
  @ParameterizedTest
  @ValueSource(strings = {"-n bogus", "-- bogus"})
  void aWordBehindOptionsIsComplainedAbout(String commandLine) {
    String[] words = commandLine.split(" ");
    started(words);
    assertEquals("Unexpected argument(s): " + words[words.length - 1] + " \n", text(err));
  }

  /** What a script leaves of a variable that is empty. */
  @Test
  void anEmptyWordIsNoCommand() {
    started("", "-n");
  }

  /** A slip would make a router of this machine. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "staus | 'staus' is no command; did you mean 'status'?",
        "maintenence on | 'maintenence' is no command; did you mean 'maintenance'?",
        "bogus | 'bogus' is no command; there are status, reload, plan, maintenance, server,"
            + " log-level, config, explain, genhash.",
        "-p /x reload | 'reload' is a command, which is to be written first: jkeepalived reload"
            + " [OPTION...].",
        "-n extra status | 'status' is a command, which is to be written first: jkeepalived status"
            + " [OPTION...].",
        "-n staus | 'staus' is no option; if you mean the command 'status', it is to be written"
            + " first: jkeepalived status [OPTION...].",
        "-- genhash | 'genhash' is a command, which is to be written first: jkeepalived genhash"
            + " [OPTION...]."
      })
  void aMistypedCommandStartsNothing(String commandLine, String complaint) {
    assertEquals(2, run(commandLine.split(" ")));
    assertEquals(complaint + " Nothing was started\n", text(err));
    assertEquals("", text(out));
    assertEquals(List.of(), started);
  }

  private DaemonOptions started(String... arguments) {
    assertEquals(DAEMON_RAN, run(arguments));
    assertEquals(List.of(arguments), started.get(0).arguments());
    return started.get(0);
  }

  private int run(String... arguments) {
    CommandLine commandLine =
        new CommandLine(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            new Tasks(
                options -> {
                  started.add(options);
                  return DAEMON_RAN;
                },
                (options, output) -> {
                  output.stream().println("testing " + options.configuration().file());
                  return TEST_RAN;
                },
                (options, out, err) -> {
                  out.println("releasing " + options.process().pidFiles().parent());
                  return RELEASED;
                },
                (check, verbose, out, err) -> {
                  out.println(check + (verbose ? " verbose" : ""));
                  return ASKED;
                },
                options -> {
                  Path pidFile = options.process().pidFiles().parent().orElse(Path.of("/none"));
                  return new ControlPlace(
                      pidFile, Path.of(pidFile + ".control"), Path.of(pidFile + ".parent"));
                },
                (options, lines) -> lines.accept("shown " + options.configuration().file())));
    return commandLine.run(List.of(arguments));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
