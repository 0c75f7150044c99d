package org.jkeepalived.vm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The daemon as a service: {@code src/test/vm/service} in a guest whose init is systemd, and into
 * which the package that the build has made is installed. Each case finds the service as the one
 * before has left it, so that the guest boots once and the daemon starts seldom.
 *
 * <p>{@code VM_SERVICE="start missing_interface softdog stuck_thread stop"} in the environment
 * plays those cases, and no others. Some are for no day but that: {@code archive}, which takes a
 * minute; {@code softdog} and {@code stuck_process}, of which {@code stuck_thread} shows the most;
 * {@code purge}, after which nothing can follow.
 */
@Tag("vm")
@ResourceLock(Machine.ONE_AT_A_TIME)
class ServiceVmTest {

  private static final List<String> CASES =
      List.of(
          Optional.ofNullable(System.getenv("VM_SERVICE"))
              .orElse(
                  "unreadable start journal missing_interface status full_disk reload kill"
                      + " stuck_thread tasks_max reboot stop swap")
              .split(" "));

  private static final Path OUT = Path.of("target/vm/service").toAbsolutePath();

  /** Five times what the cases take on a calm machine. */
  private static final int DEADLINE_SECONDS = 600;

  @TestFactory
  Stream<DynamicTest> eachCase() throws IOException {
    Machine machine = new Machine(Path.of("packaging/vm/vm"), DEADLINE_SECONDS, OUT, 2);
    List<String> arguments = new ArrayList<>(List.of("--systemd"));
    if (CASES.contains("reboot")) {
      arguments.add("--reboots");
    }
    arguments.addAll(List.of("src/test/vm/service", "/out"));
    arguments.addAll(CASES);
    Files.createDirectories(OUT);
    Path log = OUT.resolve("suite.log");
    int status = Machine.NO_GUEST;
    for (int boots = 1; boots <= Machine.MOST_BOOTS && status == Machine.NO_GUEST; boots++) {
      status = machine.boot(arguments, log);
    }
    List<String> said = Files.readAllLines(log);
    int ended = status;
    return Stream.concat(Stream.of("install"), CASES.stream())
        .map(name -> dynamicTest(name, () -> judge(name, said, ended)));
  }

  private static void judge(String name, List<String> said, int status) throws IOException {
    if (has(said, "FAILED " + name)) {
      fail(Files.readString(OUT.resolve(name + ".txt")));
    } else if (!has(said, "ok " + name)) {
      fail("The guest ended with " + status + " and said:\n" + String.join("\n", said));
    }
  }

  private static boolean has(List<String> said, String beginning) {
    return said.stream().anyMatch(line -> line.startsWith(beginning + " "));
  }
}
