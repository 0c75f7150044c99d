package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jkeepalived.packaging.Installation.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program through its launcher. */
@Timeout(120)
class LauncherTest {

  private static final Path KEEPALIVED = Path.of("/usr/sbin/keepalived");

  @TempDir static Path directory;
  private static Installation program;

  @BeforeAll
  static void install() throws Exception {
    program = Installation.in(directory);
  }

  @Test
  void printsItsVersion() throws Exception {
    Result result = program.run("-v");
    assertEquals(0, result.exitCode());
    assertTrue(result.err().startsWith("Jkeepalived v"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void printsItsVersionAsKeepalivedByALinkOfThatName() throws Exception {
    Path link =
        Files.createSymbolicLink(
            Files.createTempDirectory(directory, "links").resolve("keepalived"),
            directory.resolve("bin/jkeepalived"));
    Result result = program.runOther(link, "-v");
    assertTrue(result.err().startsWith("Keepalived v2."), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--signum=STOP",
        "--signum=RELOAD",
        "--signum=DATA",
        "--signum=STATS",
        "--signum=STATS_CLEAR",
        "--signum JSON",
        "--signum=FOO",
        "-n -Z",
        "-n --bogus=1 -p",
        "-n --all=3",
        "-n -f",
        "--log -n",
        "-S 9 --signum=STOP",
        "-u 01000 --signum=STOP"
      })
  void answersAsKeepalivedDoes(String commandLine) throws Exception {
    assumeTrue(Files.isExecutable(KEEPALIVED), "keepalived is not installed");
    Result theirs = program.runOther(KEEPALIVED, commandLine.split(" "));
    // COMPAT: keepalived lacks this one line feed
    String err = theirs.err().replaceFirst("(Invalid --umask option [0-9]+)$", "$1\n");
    assertEquals(
        new Result(theirs.exitCode(), theirs.out(), err), program.run(commandLine.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"-Z, Unknown option -Z", "-fX -p, Missing parameter for option -p"})
  void aWrongOptionIsReportedFromTheBackgroundToo(String commandLine, String complaint)
      throws Exception {
    assertEquals(new Result(1, "", complaint + "\n"), program.run(commandLine.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"genhash -s 192.0.2.1", "-T -s 192.0.2.1"})
  void genhashNeedsNoDaemon(String commandLine) throws Exception {
    Result result = program.run(commandLine.split(" "));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().startsWith("Usage: genhash COMMAND [OPTIONS]\n"), result.err());
    Result link =
        program.runOther(
            Files.createSymbolicLink(
                Files.createTempDirectory(directory, "links").resolve("genhash"),
                directory.resolve("bin/jkeepalived")),
            "-s",
            "192.0.2.1");
    assertEquals(result, link);
  }

  @Test
  void aSubcommandThatFindsNoDaemonSaysSo() throws Exception {
    Result result = program.run("status", "-p", "/nowhere/daemon.pid");
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("/nowhere/daemon.pid"), result.err());
  }

  @Test
  void aKeywordIsExplainedWithoutADaemon() throws Exception {
    Result result = program.run("explain", "priority");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("priority INTEGER\n"), result.out());
    assertEquals("", result.err());
  }

  /**
   * What a daemon needs is loaded beside the start: not for what prints, nor where it is unpacked.
   */
  @Test
  void onlyADaemonWhoseLibrariesAreLaidOutPrepares(@TempDir Path other) throws Exception {
    Installation stub =
        Installation.withMain(
            other, "System.out.println(Boolean.getBoolean(\"org.jkeepalived.daemon\"));");
    assertEquals("false\n", stub.run("-n").out());
    Files.createDirectories(other.resolve("share/jkeepalived/lib/native/jni"));
    assertEquals("true\n", stub.run("-n").out());
    assertEquals("false\n", stub.run("-v").out());
    assertEquals("false\n", stub.run("status").out());
  }

  /** Else libraries would write them to /tmp at each start. */
  @Test
  void nativeLibrariesAreTakenFromWhereTheyWereInstalled(@TempDir Path other) throws Exception {
    Installation stub =
        Installation.withMain(
            other,
            """
            System.out.println(System.getProperty("java.library.path", ""));
            System.out.println(System.getProperty("jna.boot.library.path", ""));
            """);
    Result without = stub.run("-v");
    assertFalse(without.out().contains(other.toString()), without.out());
    Path natives = other.toRealPath().resolve("share/jkeepalived/lib/native");
    Path netty = Files.createDirectories(natives.resolve("netty"));
    String machine = System.getProperty("os.arch").replace("amd64", "x86-64");
    Path jna = Files.createDirectories(natives.resolve("com/sun/jna/linux-" + machine));
    assertEquals(netty + "\n" + jna + "\n", stub.run("-v").out());
  }

  @Test
  void saysWhatIsNotBuilt() throws Exception {
    ProcessBuilder process = program.process("-v");
    process.environment().put("JKEEPALIVED_HOME", directory.resolve("bin").toString());
    Result result = program.run(process);
    assertEquals(2, result.exitCode());
    assertTrue(result.err().endsWith("bin has no jkeepalived.jar\n"), result.err());
  }

  @Test
  void passesOverAJavaThatIsTooOld() throws Exception {
    Path old = Files.createDirectories(directory.resolve("jdk-11"));
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.20\"\n");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho old >&2\nexit 9\n");
    assertTrue(java.toFile().setExecutable(true));
    ProcessBuilder process = program.process("--signum=STOP");
    process.environment().put("JAVA_HOME", old.toString());
    assertEquals(new Result(0, "15\n", ""), program.run(process));
    // the same path with a version that will do
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17\"\n");
    assertEquals(new Result(9, "", "old\n"), program.run(process));
  }

  @Test
  void worksThroughASymbolicLink() throws Exception {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, directory.resolve("bin/jkeepalived"));
    assertEquals(new Result(0, "36\n", ""), program.runOther(link, "--signum=JSON"));
  }

  @Test
  void worksWithSpacesInItsPath(@TempDir Path other) throws Exception {
    Installation spaced = Installation.in(Files.createDirectories(other.resolve("a b c")));
    assertEquals(new Result(0, "36\n", ""), spaced.run("--signum=JSON"));
  }

  /** What somebody set for other programs; scripts get it back (ScriptEnvironmentTest). */
  @Test
  void theJavaVmSeesNothingOfWhatIsMeantForOthers(@TempDir Path other) throws Exception {
    Installation stub =
        Installation.withMain(
            other,
            """
            System.getenv().entrySet().stream()
                .filter(each -> each.getValue().contains("leaked"))
                .map(java.util.Map.Entry::toString)
                .sorted()
                .forEach(System.out::println);
            System.out.println(System.getProperty("leaked"));
            """);
    ProcessBuilder process = stub.process("-v");
    process
        .environment()
        .putAll(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Dleaked=1",
                "_JAVA_OPTIONS", "-Dleaked=2",
                "JDK_JAVA_OPTIONS", "-Dleaked=3",
                "XDG_CACHE_HOME", "/leaked 'x' $y",
                "LD_LIBRARY_PATH", "/leaked",
                "OTHER", "leaked"));
    assertEquals(
        new Result(
            0,
            """
            JKEEPALIVED_KEPT_JAVA_TOOL_OPTIONS=-Dleaked=1
            JKEEPALIVED_KEPT_JDK_JAVA_OPTIONS=-Dleaked=3
            JKEEPALIVED_KEPT_LD_LIBRARY_PATH=/leaked
            JKEEPALIVED_KEPT_XDG_CACHE_HOME=/leaked 'x' $y
            JKEEPALIVED_KEPT__JAVA_OPTIONS=-Dleaked=2
            OTHER=leaked
            null
            """,
            ""),
        stub.run(process));
  }

  @ParameterizedTest
  @CsvSource({"17, false, false", "21, false, false", "22, true, false", "25, true, true"})
  void aJavaIsToldWhatItWouldWarnOf(String version, boolean nativeAccess, boolean memoryAccess)
      throws Exception {
    String options = optionsFor(version);
    assertEquals(nativeAccess, options.contains("\n--enable-native-access=ALL-UNNAMED\n"), options);
    assertEquals(
        memoryAccess, options.contains("\n--sun-misc-unsafe-memory-access=allow\n"), options);
  }

  /** One that is damaged kills each Java VM that uses it, also the one that would release. */
  @Test
  void noArchiveIsUsedAfterAJavaVmHasDied() throws Exception {
    Path archive = Files.createFile(directory.resolve("share/jkeepalived/jkeepalived.jsa"));
    Path state = Files.createDirectories(directory.resolve("state"));
    Path report = Files.createFile(state.resolve("hs_err_pid7.log"));
    FileTime made = Files.getLastModifiedTime(archive);
    try {
      Files.setLastModifiedTime(report, FileTime.fromMillis(made.toMillis() + 1000));
      assertFalse(optionsFor("17").contains("-XX:SharedArchiveFile"));
      Files.setLastModifiedTime(report, FileTime.fromMillis(made.toMillis() - 1000));
      assertTrue(optionsFor("17").contains("-XX:SharedArchiveFile"));
    } finally {
      Files.delete(archive);
      Files.delete(report);
    }
  }

  /** Each Java is given the kind of archive that it can make, and would pass over another's. */
  @Test
  void theArchiveIsTheCacheOfANewerJava() throws Exception {
    Path archive = Files.createFile(directory.resolve("share/jkeepalived/jkeepalived.jsa"));
    try {
      String old = optionsFor("21");
      assertTrue(old.contains("\n-XX:SharedArchiveFile=" + archive + "\n"), old);
      String newer = optionsFor("25");
      assertTrue(newer.contains("\n-XX:AOTCache=" + archive + "\n"), newer);
      assertFalse(newer.contains("-XX:SharedArchiveFile"), newer);
    } finally {
      Files.delete(archive);
    }
  }

  @Test
  void nobodyAttachesAndReportsOfADeathStayInTheStateDirectory() throws Exception {
    String options = optionsFor("17");
    assertTrue(options.contains("\n-XX:+DisableAttachMechanism\n"), options);
    assertTrue(
        options.contains("\n-XX:ErrorFile=" + directory + "/state/hs_err_pid%p.log\n"), options);
  }

  /** The words by which a Java of that version would be started, each on a line. */
  private static String optionsFor(String version) throws Exception {
    return optionsFor(version, "-v");
  }

  private static String optionsFor(String version, String mode) throws Exception {
    Path home = directory.resolve("jdk-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    Path java =
        Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' java \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    ProcessBuilder process = program.process(mode);
    process.environment().put("JAVA_HOME", home.toString());
    Path state = Files.createDirectories(directory.resolve("state"));
    process.environment().put("STATE_DIRECTORY", state.toString());
    Result result = program.run(process);
    assertTrue(result.out().endsWith("org.jkeepalived.Main\n" + mode + "\n"), result.toString());
    return result.out();
  }
}
