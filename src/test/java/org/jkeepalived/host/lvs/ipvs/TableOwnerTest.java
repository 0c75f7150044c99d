package org.jkeepalived.host.lvs.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.at;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.nat;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableChange.AddDestination;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableChange.RemoveService;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableOwnerTest {

  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey MAIL = tcp("10.9.0.101", 25);

  @TempDir Path folder;
  private final FakeTable kernel = new FakeTable();
  private final FakeOpening opening = new FakeOpening(Optional.of(kernel));
  private Path file;
  private TableOwner owner;
  private long nowNanos;

  @BeforeEach
  void open() {
    file = folder.resolve("run/pid.services");
    owner = new TableOwner(opening, ServiceJournal.open(file));
    owner.open();
  }

  private static AddService add(ServiceKey service) {
    return new AddService(service, plain("rr"));
  }

  private String journal() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each look at the clock takes 5 ns. */
  private List<Outcome> change(TableChange... changes) {
    return owner.change(List.of(changes), () -> nowNanos += 5).stream()
        .map(TableAnswer::outcome)
        .toList();
  }

  private static Optional<String> text(Optional<KernelError> error) {
    return error.map(KernelError::text);
  }

  @Test
  void journalIsWrittenBeforeTheKernelIsAskedAndAfterItHasRemoved() {
    List<String> whenAsked = new ArrayList<>();
    kernel.before = () -> whenAsked.add(journal());
    change(add(WEB), new AddDestination(WEB, at("10.9.0.11", 80), nat(1)));
    change(new RemoveService(WEB));
    assertEquals(List.of("+ tcp 10.9.0.101 80\n", "+ tcp 10.9.0.101 80\n"), whenAsked);
    assertEquals("+ tcp 10.9.0.101 80\n- tcp 10.9.0.101 80\n", journal());
  }

  @Test
  void whatTheKernelRefusedIsNotInTheJournal() {
    kernel.answer =
        change ->
            change.service().equals(WEB)
                ? FakeTable.answer(change, Outcome.REFUSED, Errno.EPERM)
                : FakeTable.answer(change, Outcome.DONE, 0);
    assertEquals(List.of(Outcome.REFUSED, Outcome.DONE), change(add(WEB), add(MAIL)));
    assertEquals(Set.of(MAIL), owner.journal().services());
  }

  @Test
  void figuresCount() {
    kernel.answer = change -> FakeTable.answer(change, Outcome.REFUSED, Errno.EPERM);
    change(add(WEB), add(MAIL));
    kernel.answer = change -> FakeTable.answer(change, Outcome.DONE, 0);
    change(add(WEB));
    owner.read(() -> false);
    kernel.error = Optional.of(new KernelError(Errno.EPERM, "for the test"));
    assertTrue(owner.read(() -> false).error().isPresent());
    assertEquals(new IpvsFigures(Optional.empty(), 3, 2, 2, 1, 5), owner.figures());
  }

  @Test
  void withoutIpvsEverythingIsRefusedAndSaysWhy() {
    TableOwner without =
        new TableOwner(new FakeOpening(Optional.empty()), ServiceJournal.open(file));
    without.open();
    List<TableAnswer> answers = without.change(List.of(add(WEB), add(MAIL)), () -> 0);
    assertEquals(
        List.of(Outcome.REFUSED, Outcome.REFUSED),
        answers.stream().map(TableAnswer::outcome).toList());
    Optional<String> missing = Optional.of(FakeOpening.MISSING);
    assertEquals(missing, text(answers.get(0).error()));
    assertEquals(missing, text(without.read(() -> false).error()));
    assertEquals(missing, text(without.setTimeouts(Timeouts.KERNEL)));
    assertEquals(missing, text(without.flush()));
    assertEquals(missing, without.figures().missing());
    assertEquals(Set.of(), without.journal().services());
    assertFalse(without.isThere());
  }

  @Test
  void isOpenedAnewWithOtherRoomAndOnlyThen() {
    assertEquals(1, opening.looks.get());
    owner.makeRoom(ReceiveBuffer.STANDARD);
    assertEquals(1, opening.looks.get());
    assertFalse(kernel.closed);
    FakeTable next = new FakeTable();
    opening.comes(next);
    owner.makeRoom(new ReceiveBuffer(OptionalLong.of(3_000_000), false));
    assertEquals(2, opening.looks.get());
    assertTrue(kernel.closed);
    change(add(WEB));
    assertEquals(1, next.asked.size());
    assertFalse(owner.takeExchanged(), "the table is the same, and so is what is in it");
  }

  /** ENOENT once more is an answer, from a table that still is the kernel's. */
  @Test
  void tableThatWasLoadedAgainIsOpenedAndAskedOnceMore() {
    FakeTable next = new FakeTable();
    kernel.answer = change -> FakeTable.answer(change, Outcome.REFUSED, Errno.ENOENT);
    assertEquals(List.of(Outcome.REFUSED), change(add(WEB)));
    assertFalse(kernel.closed, "it is the kernel's still");

    kernel.isThere = false;
    opening.comes(next);
    assertEquals(List.of(Outcome.DONE), change(add(WEB)));
    assertTrue(kernel.closed);
    assertEquals(1, next.asked.size());
    assertEquals(Set.of(WEB), owner.journal().services());
  }

  @Test
  void readingFindsTheTableThatWasLoadedAgain() {
    FakeTable next = new FakeTable();
    kernel.error = Optional.of(new KernelError(Errno.ENOENT, "for the test"));
    kernel.isThere = false;
    opening.comes(next);
    assertEquals(Optional.empty(), owner.read(() -> false).error());
    assertEquals(List.of("read"), next.asked);
  }

  @Test
  void afterAFlushTheJournalNamesNothingUnlessItWasRefused() {
    change(add(WEB), add(MAIL));
    kernel.error = Optional.of(new KernelError(Errno.EPERM, "for the test"));
    assertTrue(owner.flush().isPresent());
    assertEquals(Set.of(WEB, MAIL), owner.journal().services());
    kernel.error = Optional.empty();
    assertEquals(Optional.empty(), owner.flush());
    assertEquals(Set.of(), owner.journal().services());
  }

  @Test
  void closesTheTableAndLeavesTheJournalOfWhatStays() {
    change(add(WEB));
    owner.close();
    assertTrue(kernel.closed);
    assertEquals(Set.of(WEB), ServiceJournal.open(file).services());
  }
}
