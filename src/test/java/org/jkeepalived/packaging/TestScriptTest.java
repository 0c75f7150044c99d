package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code packaging/test.sh} in a checkout of its own, with a Maven that does what the test says.
 */
@Timeout(120)
class TestScriptTest {

  private static final long DEADLINE_SECONDS = 60;

  /** As Maven and Surefire speak; FAILING names what fails, HANGING what does not end by itself. */
  private static final String MAVEN =
      """
      #!/bin/bash
      case "$*" in
        *package*) phase=build ;;
        *spotless:check*) phase=format ;;
        *groups=lab*) phase=lab ;;
        *groups=vm*) phase=vm ;;
        *) phase=unit ;;
      esac
      report() { # class, tests, failures
        mkdir -p target/surefire-reports
        cd target/surefire-reports
        echo "[INFO] Running org.jkeepalived.$1"
        verdict='[INFO] ' mark=''
        [ $3 = 0 ] || verdict='[ERROR] ' mark=' <<< FAILURE!'
        echo "${verdict}Tests run: $2, Failures: $3, Errors: 0, Skipped: 0, Time elapsed: 1.234 s$mark -- in org.jkeepalived.$1"
        echo "what $1 logged" >org.jkeepalived.$1-output.txt
        echo "the stack of $1" >org.jkeepalived.$1.txt
        {
          echo "<testsuite name=\\"org.jkeepalived.$1\\" time=\\"1.234\\" tests=\\"$2\\" errors=\\"0\\" skipped=\\"0\\" failures=\\"$3\\">"
          echo "  <testcase name=\\"works\\" classname=\\"org.jkeepalived.$1\\" time=\\"1.234\\">"
          [ $3 = 0 ] || echo '    <failure message="it does not">'
          echo '</testsuite>'
        } >TEST-org.jkeepalived.$1.xml
        cd ../..
      }
      failing() { case " $FAILING " in *" $1 "*) true ;; *) false ;; esac; }
      echo "Maven's chatter in $phase"
      if [ "$HANGING" = $phase ]; then
        setsid sleep 1000 &
        echo $! >target/started.new
        mv target/started.new target/started
        sleep 1000
      fi
      if failing $phase; then
        echo "[ERROR] Failed to execute goal $phase on project jkeepalived: $phase says no"
        exit 1
      fi
      failures=0
      failing $phase-test && failures=1
      case $phase in
        unit)
          report vrrp.GoodTest 10 0
          report vrrp.OtherTest 5 $failures ;;
        lab)
          mkdir -p target/lab/jk1-1/k1 target/lab/jk1-2/k1
          echo "a daemon of a good test" >target/lab/jk1-1/k1/keepalived-1.log
          echo "a daemon of a bad test" >target/lab/jk1-2/k1/keepalived-1.log
          [ $failures = 0 ] || echo "FailoverLabTest.works" >target/lab/jk1-2/failed
          report lab.FailoverLabTest 7 $failures ;;
        vm)
          report vm.DirectorVmTest 4 $failures ;;
      esac
      if [ $failures != 0 ]; then
        echo "[ERROR] Failed to execute goal surefire:test on project jkeepalived: There are test failures."
        exit 1
      fi
      """;

  private record Run(int exitCode, List<String> lines) {

    String text() {
      return String.join("\n", lines);
    }

    String lastLine() {
      return lines.get(lines.size() - 1);
    }

    boolean has(String text) {
      return text().contains(text);
    }
  }

  private final boolean root = "root".equals(System.getProperty("user.name"));

  @TempDir private Path checkout;

  @BeforeEach
  void checkOut() throws IOException {
    Path packaging = Files.createDirectory(checkout.resolve("packaging"));
    for (String script : List.of("test.sh", "lib.sh")) {
      Files.copy(Path.of("packaging", script), packaging.resolve(script));
    }
    program(packaging.resolve("setup.sh"), "#!/bin/sh\n");
    program(Files.createDirectory(checkout.resolve("bin")).resolve("mvn"), MAVEN);
  }

  private static void program(Path path, String text) throws IOException {
    Files.writeString(path, text);
    assertTrue(path.toFile().setExecutable(true));
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", checkout.resolve("packaging/test.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(checkout.resolve("said").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"));
    return builder.start();
  }

  private Run end(Process process) throws Exception {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      fail("does not end: " + Files.readString(checkout.resolve("said")));
    }
    return new Run(process.exitValue(), Files.readAllLines(checkout.resolve("said")));
  }

  private Run run(String failing) throws Exception {
    return end(start(Map.of("FAILING", failing)));
  }

  private String count(int unitFailures, int labFailures) {
    return String.format(
        "Tests run: %d, Failures: %d, Errors: 0, Skipped: 0 (unit, property, simulation 15; lab %d;"
            + " virtual machine %d)",
        root ? 26 : 15, unitFailures + labFailures, root ? 7 : 0, root ? 4 : 0);
  }

  @Test
  void aLineForEachClassAndNothingElseOfTheTests() throws Exception {
    Run run = run("");
    assertEquals(0, run.exitCode(), run.text());
    assertEquals(count(0, 0), run.lastLine());
    assertEquals(
        List.of("vrrp.GoodTest 10 tests 1.2 s ok", "vrrp.OtherTest 5 tests 1.2 s ok"),
        run.lines().stream()
            .filter(line -> line.startsWith("  vrrp."))
            .map(line -> line.trim().replaceAll(" +", " "))
            .toList());
    assertFalse(run.has("chatter"), run.text());
    assertFalse(run.has("logged"), run.text());
    assertFalse(run.has("a daemon of"), run.text());
    assertEquals(!root, run.has("Left out: the lab tests"), run.text());
    assertTrue(Files.readString(checkout.resolve("target/test-logs/unit.log")).contains("chatter"));
  }

  @Test
  void whatFailedIsNamedAndShownWhole() throws Exception {
    Run run = run("unit-test");
    assertEquals(1, run.exitCode(), run.text());
    assertEquals(count(1, 0), run.lastLine());
    assertTrue(run.has("  Failed: org.jkeepalived.vrrp.OtherTest.works\n"), run.text());
    assertTrue(run.has("the stack of vrrp.OtherTest"), run.text());
    assertTrue(run.has("what vrrp.OtherTest logged"), run.text());
    assertFalse(run.has("what vrrp.GoodTest logged"), run.text());
    assertFalse(run.has("Failed: Maven"), run.text());
    assertEquals(root, run.has("lab.FailoverLabTest "), run.text());
  }

  @Test
  void theDaemonsOfWhatFailedInTheLabAreShownToo() throws Exception {
    Run run = run("lab-test");
    assertEquals(root ? 1 : 0, run.exitCode(), run.text());
    assertEquals(count(0, root ? 1 : 0), run.lastLine());
    assertEquals(root, run.has("  Failed: org.jkeepalived.lab.FailoverLabTest.works"), run.text());
    assertEquals(root, run.has("a daemon of a bad test"), run.text());
    assertFalse(run.has("a daemon of a good test"), run.text());
  }

  @Test
  void wrongFormatFailsTheRunButKeepsNoTestFromRunning() throws Exception {
    Run run = run("format");
    assertEquals(1, run.exitCode(), run.text());
    assertEquals(count(0, 0), run.lastLine());
    assertTrue(run.has("format says no"), run.text());
    assertTrue(run.has("  Failed: the check of the code's format"), run.text());
  }

  @Test
  void withoutABuildNothingIsTested() throws Exception {
    Run run = run("build");
    assertEquals(1, run.exitCode(), run.text());
    assertTrue(run.has("build says no"), run.text());
    assertTrue(run.has("  Failed: the build\n"), run.text());
    assertTrue(run.has("Left out: every test"), run.text());
    assertTrue(run.lastLine().startsWith("Tests run: 0, "), run.text());
  }

  @Test
  void aMavenThatFailsWithoutAFailedTestFailsTheRun() throws Exception {
    Run run = run("unit");
    assertEquals(1, run.exitCode(), run.text());
    assertTrue(run.has("unit says no"), run.text());
    assertTrue(run.has("  Failed: Maven, while it ran the unit tests: exit code 1\n"), run.text());
  }

  @Test
  void anInterruptedRunLeavesNoProcess() throws Exception {
    Process script = start(Map.of("HANGING", "unit"));
    Path started = checkout.resolve("target/started");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (Files.notExists(started) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(started).trim())).orElseThrow();
    List<ProcessHandle> others = script.descendants().toList();
    assertTrue(daemon.isAlive() && others.size() > 1);

    script.destroy(); // SIGTERM
    Run run = end(script);
    assertEquals(130, run.exitCode(), run.text());
    assertTrue(run.has("Interrupted"), run.text());
    daemon.onExit().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    for (ProcessHandle other : others) {
      other.onExit().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
