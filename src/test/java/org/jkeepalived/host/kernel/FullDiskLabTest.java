package org.jkeepalived.host.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.linux.LabNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a disk of 32 kB that somebody fills. */
@Tag("lab")
class FullDiskLabTest {

  private static final String[] MANY =
      IntStream.range(0, 250).mapToObj(i -> "10.0.1." + i).toArray(String[]::new);

  @TempDir Path folder;
  private Path disk;
  private JournalPath path;
  private KernelJournal journal;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    LabNamespace.run("mount", "-t", "tmpfs", "-o", "size=32k,mode=755", "tmpfs", disk.toString());
    path = JournalPath.in(disk, "pid");
    journal = KernelJournal.open(path);
  }

  @AfterEach
  void unmount() throws Exception {
    journal.close();
    LabNamespace.run("umount", "--lazy", disk.toString());
  }

  private void fill() {
    assertThrows(
        IOException.class,
        () -> {
          try (OutputStream junk = Files.newOutputStream(disk.resolve("junk"))) {
            while (true) {
              junk.write(new byte[1024]);
            }
          }
        });
  }

  private Set<String> inFile() throws IOException {
    return Files.readAllLines(path.file()).stream().collect(Collectors.toSet());
  }

  @Test
  void whatDidNotFitIsWrittenOnceItFits() throws Exception {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    fill();
    journal.adding(VRRP, requests(Operation.ADD, MANY));
    assertTrue(journal.isBehind(), "250 lines do not fit");
    assertEquals(Set.of("+ eth0 10.0.0.1/24"), inFile(), "no line is torn, none is lost");
    journal.catchUp();
    assertTrue(journal.isBehind());

    Files.delete(disk.resolve("junk"));
    journal.catchUp();
    assertFalse(journal.isBehind());
    assertEquals(251, inFile().size());
    assertEquals(251, KernelJournal.open(path).of(VRRP).size());
  }

  @Test
  void nextChangeWritesWhatDidNotFit() throws Exception {
    fill();
    journal.adding(VRRP, requests(Operation.ADD, MANY));
    assertTrue(journal.isBehind());
    Files.delete(disk.resolve("junk"));
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertFalse(journal.isBehind());
    assertEquals(251, KernelJournal.open(path).of(VRRP).size());
  }
}
