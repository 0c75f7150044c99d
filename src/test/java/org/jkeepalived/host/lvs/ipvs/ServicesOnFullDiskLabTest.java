package org.jkeepalived.host.lvs.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal of the services on a disk that is full: the table is written all the same. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServicesOnFullDiskLabTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final long NEVER_NANOS = 3_600_000_000_000L;

  /** Their lines need more than what is left of the journal's last page. */
  private static final int MANY = 500;

  @TempDir Path folder;
  private final FakeTable kernel = new FakeTable();
  private final LoggedLines log = new LoggedLines("org.jkeepalived.host");
  private Path disk;
  private Path fill;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    LabNamespace.run("mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "none", disk.toString());
    fill = disk.resolve("fill");
  }

  @AfterEach
  void unmount() throws Exception {
    log.close();
    LabNamespace.run("umount", "-l", disk.toString());
  }

  private void fillUp() throws IOException {
    try (var bytes = Files.newOutputStream(fill)) {
      byte[] page = new byte[4096];
      while (true) {
        bytes.write(page);
      }
    } catch (IOException full) {
      assertTrue(full.getMessage().contains("No space left"), full::getMessage);
    }
  }

  private Path file() {
    return disk.resolve("run/pid.services");
  }

  private IpvsThread start() throws Exception {
    FakeOpening opening = new FakeOpening(Optional.of(kernel));
    return new IpvsThread(
        TestOwners.make(),
        opening,
        ServiceJournal.open(file()),
        FakeMarks.owner(file()),
        NEVER_NANOS);
  }

  private static List<ServiceKey> services(int first, int count) {
    List<ServiceKey> services = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      services.add(tcp("10.9." + i / 200 + "." + (1 + i % 200), 80));
    }
    return services;
  }

  /** Whether the kernel has all of them. */
  private static boolean add(IpvsTable table, List<ServiceKey> services) throws Exception {
    List<TableChange> changes = new ArrayList<>();
    services.forEach(service -> changes.add(new TableChange.AddService(service, plain("rr"))));
    CompletableFuture<List<TableAnswer>> answers = new CompletableFuture<>();
    table.change(changes, answers::complete);
    return answers.get(DEADLINE_SECONDS, TimeUnit.SECONDS).stream()
        .allMatch(answer -> answer.outcome() == Outcome.DONE);
  }

  private Set<ServiceKey> written() throws IOException {
    try (var lines = Files.lines(file())) {
      return lines
          .filter(line -> line.startsWith("+ "))
          .map(line -> ServiceLine.parse(line.substring(2)).orElseThrow())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  @Test
  void theTableIsWrittenTheLogSaysItOnceAndTheJournalCatchesUp() throws Exception {
    IpvsThread ipvs = start();
    IpvsTable table = ipvs.table(Runnable::run);
    assertTrue(add(table, services(0, 1)));
    assertEquals(Set.copyOf(services(0, 1)), written());

    fillUp();
    assertTrue(add(table, services(1, MANY)));
    assertTrue(add(table, services(1 + MANY, MANY)));
    assertEquals(1 + 2 * MANY, kernel.asked.size());
    String said = log.await("may stay behind if this daemon is killed");
    assertTrue(said.contains("IPVS services") && said.contains("No space left"), said);
    assertEquals(1, log.count("No space left"), log.all()::toString);
    // whoever is killed now leaves a journal that can be read, with what it could say
    assertEquals(Set.copyOf(services(0, 1)), written());

    Files.delete(fill);
    assertTrue(add(table, services(1 + 2 * MANY, 1)));
    log.await("written again");
    assertEquals(Set.copyOf(services(0, 2 + 2 * MANY)), written());
    ipvs.close(DEADLINE_SECONDS * 1_000);
  }

  @Test
  void aStartOnAFullDiskWritesTheTableToo() throws Exception {
    fillUp();
    IpvsThread ipvs = start();
    assertTrue(add(ipvs.table(Runnable::run), services(0, MANY)));
    String said = log.await("may stay behind if this daemon is killed");
    assertTrue(said.contains("No space left"), said);
    assertEquals(1, log.count("No space left"), log.all()::toString);
    assertEquals(Set.of(), written());

    Files.delete(fill);
    assertTrue(add(ipvs.table(Runnable::run), services(MANY, 1)));
    assertEquals(Set.copyOf(services(0, MANY + 1)), written());
    ipvs.close(DEADLINE_SECONDS * 1_000);
  }
}
