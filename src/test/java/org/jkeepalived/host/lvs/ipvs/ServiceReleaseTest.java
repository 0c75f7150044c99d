package org.jkeepalived.host.lvs.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceReleaseTest {

  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey MAIL = tcp("10.9.0.101", 25);
  private static final ServiceKey DNS = tcp("fd00:9::101", 53);

  @TempDir Path folder;
  private Path file;
  private final FakeTable kernel = new FakeTable();

  @BeforeEach
  void writeJournal() {
    file = folder.resolve("run/pid.services");
    ServiceJournal.open(file)
        .adding(
            List.of(
                new AddService(WEB, plain("rr")),
                new AddService(MAIL, plain("rr")),
                new AddService(DNS, plain("rr"))));
  }

  private List<Outcome> release(FakeOpening opening) {
    return ServiceRelease.run(opening, ServiceJournal.open(file)).services().stream()
        .map(TableAnswer::outcome)
        .toList();
  }

  private Set<ServiceKey> left() {
    return ServiceJournal.open(file).services();
  }

  @Test
  void allThatTheJournalNamesIsRemovedAndNothingElse() {
    kernel.answer =
        change ->
            change.service().equals(MAIL)
                ? FakeTable.answer(change, Outcome.NOT_THERE, Errno.ESRCH)
                : FakeTable.answer(change, Outcome.DONE, 0);
    assertEquals(
        List.of(Outcome.DONE, Outcome.NOT_THERE, Outcome.DONE),
        release(new FakeOpening(Optional.of(kernel))));
    assertEquals(
        List.of("RemoveService " + WEB, "RemoveService " + MAIL, "RemoveService " + DNS),
        kernel.asked);
    assertFalse(Files.exists(file), "the one that was gone is forgotten as well");
    assertTrue(kernel.closed);
  }

  @Test
  void whatTheKernelRefusesToRemoveIsToldAndStaysInTheJournal() {
    kernel.answer =
        change ->
            change.service().equals(MAIL)
                ? FakeTable.answer(change, Outcome.REFUSED, Errno.EPERM)
                : FakeTable.answer(change, Outcome.DONE, 0);
    assertEquals(
        List.of(Outcome.DONE, Outcome.REFUSED, Outcome.DONE),
        release(new FakeOpening(Optional.of(kernel))));
    assertEquals(Set.of(MAIL), left());
  }

  @Test
  void withoutIpvsAllStaysInTheJournal() {
    assertEquals(
        List.of(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED),
        release(new FakeOpening(Optional.empty())));
    assertEquals(Set.of(WEB, MAIL, DNS), left());
  }

  @Test
  void emptyJournalDoesNotLookForIpvs() {
    release(new FakeOpening(Optional.of(kernel)));
    FakeOpening opening = new FakeOpening(Optional.of(kernel));
    assertEquals(List.of(), release(opening));
    assertEquals(0, opening.looks.get());
    assertFalse(Files.exists(file));
  }

  @Test
  void syncDaemonsAreStoppedWithoutAnyService() {
    release(new FakeOpening(Optional.of(kernel)));
    kernel.asked.clear();
    ServiceJournal journal = ServiceJournal.open(file);
    journal.starting(SyncRole.MASTER);
    assertEquals(Set.of(SyncRole.MASTER), ServiceJournal.open(file).syncDaemons());
    assertEquals(
        Map.of(SyncRole.MASTER, Optional.empty()),
        ServiceRelease.run(new FakeOpening(Optional.of(kernel)), ServiceJournal.open(file))
            .daemons());
    assertEquals(List.of("stop master"), kernel.asked);
    assertFalse(Files.exists(file));
  }

  @Test
  void aSyncDaemonThatCannotBeStoppedStaysInTheJournal() {
    ServiceJournal.open(file).starting(SyncRole.BACKUP);
    kernel.error = Optional.of(new KernelError(Errno.EPERM, "Operation not permitted"));
    assertEquals(
        Map.of(SyncRole.BACKUP, kernel.error),
        ServiceRelease.run(new FakeOpening(Optional.of(kernel)), ServiceJournal.open(file))
            .daemons());
    assertEquals(Set.of(SyncRole.BACKUP), ServiceJournal.open(file).syncDaemons());
  }
}
