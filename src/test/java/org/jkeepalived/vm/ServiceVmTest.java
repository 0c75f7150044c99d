package org.jkeepalived.vm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The daemon as a service: {@code src/test/vm/service} in a guest whose init is systemd, with the
 * unit of {@code systemd/}. Each case finds the service as the one before has left it, so that the
 * guest boots once and the daemon starts seldom.
 */
@Tag("vm")
class ServiceVmTest {

  private static final List<String> CASES = List.of("start", "journal", "reload", "kill", "stop");

  private static final Path OUT = Path.of("target/vm-service").toAbsolutePath();

  /** What packaging/vm/vm exits with where no guest came up, or one died. */
  private static final int NO_GUEST = 125;

  @TestFactory
  Stream<DynamicTest> eachCase() throws Exception {
    Files.createDirectories(OUT);
    int status = boot();
    if (status == NO_GUEST) {
      // on a busy host the emulated timer may miss its test, and the guest's kernel gives up
      status = boot();
    }
    List<String> said = Files.readAllLines(OUT.resolve("suite.log"));
    int ended = status;
    return CASES.stream().map(name -> dynamicTest(name, () -> judge(name, said, ended)));
  }

  private static int boot() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("packaging/vm/vm", "run", "--systemd", "--timeout", "600"));
    command.addAll(List.of("src/test/vm/service", "/out"));
    command.addAll(CASES);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(OUT.resolve("suite.log").toFile());
    builder.environment().put("VM_OUT", OUT.toString());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private static void judge(String name, List<String> said, int status) throws IOException {
    if (said.stream().noneMatch(line -> line.startsWith("ok " + name + " "))) {
      Path report = OUT.resolve(name + ".txt");
      fail(
          Files.exists(report)
              ? Files.readString(report)
              : "The guest ended with " + status + " and said:\n" + String.join("\n", said));
    }
  }
}
