package org.jkeepalived.vm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Every case of {@code src/test/vm/cases}, in {@value #GUESTS} guests that share them.
 *
 * <p>{@code VM_DAEMONS=keepalived,jkeepalived} in the environment plays them with both daemons,
 * which shows that the cases tell the truth and takes twice as long; {@code
 * VM_CASES="12-sorry-quorum 20-notify-mail"} leaves out all cases but those.
 */
@Tag("vm")
@ResourceLock(Machine.ONE_AT_A_TIME)
class DirectorVmTest {

  private static final Path CASES = Path.of("src/test/vm/cases");
  private static final Path MACHINE = Path.of("packaging/vm/vm");
  private static final Path OUT = Path.of("target/vm").toAbsolutePath();

  /**
   * As many as CI has processors. Each has one and plays one case at a time: where two cases share
   * two processors of one guest, these wait for each other's locks, and have each other's
   * translations of addresses dropped, which costs a fifth of the time.
   */
  private static final int GUESTS = 2;

  private static final String DAEMONS =
      Optional.ofNullable(System.getenv("VM_DAEMONS")).orElse("jkeepalived");

  @TestFactory
  Stream<DynamicTest> eachCaseWithEachDaemon() throws IOException {
    List<String> names = names();
    Guest guest = Guest.play(MACHINE, OUT, DAEMONS, names, GUESTS);
    return Stream.of(DAEMONS.split(","))
        .flatMap(
            daemon ->
                names.stream()
                    .filter(name -> isFor(name, daemon))
                    .map(name -> test(guest, name, daemon)));
  }

  /** A case may say that it is for one daemon alone. */
  private static boolean isFor(String name, String daemon) {
    try (Stream<String> lines = Files.lines(CASES.resolve(name + ".case"))) {
      List<String> only = lines.filter(line -> line.startsWith("only ")).toList();
      return only.isEmpty() || only.contains("only " + daemon);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names() throws IOException {
    Optional<String> chosen = Optional.ofNullable(System.getenv("VM_CASES"));
    if (chosen.isPresent()) {
      return List.of(chosen.get().split(" "));
    }
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".case"))
          .map(name -> name.replace(".case", ""))
          .sorted()
          .toList();
    }
  }

  private static DynamicTest test(Guest guest, String name, String daemon) {
    return dynamicTest(
        name + " " + daemon,
        () -> {
          if (!guest.passed(name, daemon)) {
            fail(guest.report(name, daemon));
          }
        });
  }
}
