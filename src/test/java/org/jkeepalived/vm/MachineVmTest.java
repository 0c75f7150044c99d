package org.jkeepalived.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * No emulator outlives whoever has started it, however that ended; a program that does nothing
 * stands for it.
 */
@Tag("vm")
@Timeout(120)
@ResourceLock(Machine.ONE_AT_A_TIME)
class MachineVmTest {

  private static final int TERMINATED = 143;

  @TempDir private Path folder;
  private Process owner;
  private Process machine;
  private ProcessHandle emulator;
  private List<ProcessHandle> started;

  @BeforeEach
  void start() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("bin"));
    Path number = folder.resolve("started");
    executable(
        programs.resolve("qemu-system-x86_64"), "echo $$ >'" + number + "'; exec sleep 1000");
    Path script = executable(folder.resolve("script"), "true");
    owner = new ProcessBuilder("sleep", "1000").start();
    ProcessBuilder builder =
        new ProcessBuilder("packaging/vm/vm", "run", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().merge("PATH", programs + ":", (path, first) -> first + path);
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("VM_OWNER", Long.toString(owner.pid()));
    machine = builder.start();
    while (!Files.exists(number) || Files.readString(number).isEmpty()) {
      assertTrue(machine.isAlive(), () -> said());
      machine.waitFor(10, TimeUnit.MILLISECONDS);
    }
    emulator = ProcessHandle.of(Long.parseLong(Files.readString(number).trim())).orElseThrow();
    started = Stream.concat(machine.descendants(), Stream.of(owner.toHandle())).toList();
  }

  @AfterEach
  void end() {
    machine.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void endsWithItsOwner() throws Exception {
    assertTrue(emulator.isAlive());
    owner.destroyForcibly().waitFor();
    emulator.onExit().get();
    assertEquals(TERMINATED, machine.waitFor());
  }

  @Test
  void endsWithAMachineThatIsKilled() throws Exception {
    assertTrue(emulator.isAlive());
    machine.destroyForcibly().waitFor();
    emulator.onExit().get();
  }

  @Test
  void endsWithAMachineThatIsTold() throws Exception {
    assertTrue(emulator.isAlive());
    machine.destroy();
    emulator.onExit().get();
    assertEquals(TERMINATED, machine.waitFor());
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path executable(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
