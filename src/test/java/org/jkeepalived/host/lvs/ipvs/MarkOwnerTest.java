package org.jkeepalived.host.lvs.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.lvs.mark.MarkChange.AddTable;
import org.jkeepalived.lvs.mark.MarkChange.RemoveTable;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.model.AddressFamily;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tables that a run leaves behind. */
class MarkOwnerTest {

  private static final MarkTable TABLE = new MarkTable("my table", -1, false);
  private static final MarkTableName FOUR = new MarkTableName(AddressFamily.IPV4, "my table");
  private static final MarkTableName SIX = new MarkTableName(AddressFamily.IPV6, "my table");

  @TempDir Path folder;
  private Path services;
  private final FakeMarks kernel = new FakeMarks();

  @BeforeEach
  void path() {
    services = folder.resolve("run/pid.services");
  }

  private Path journal() {
    return FakeMarks.journal(services);
  }

  /** A run that makes both tables, and is killed. */
  private void killedRun() {
    MarkOwner owner = kernel.ownerWith(services);
    owner.change(TABLE, List.of(new AddTable(AddressFamily.IPV4)));
    owner.change(TABLE, List.of(new AddTable(AddressFamily.IPV6)));
    kernel.asked.clear();
  }

  @Test
  void whoMarksNothingWritesNothing() {
    MarkOwner owner = kernel.ownerWith(services);
    assertEquals(0, owner.removeLeft(Set.of()).size());
    owner.close();
    assertEquals(List.of(), kernel.asked);
    assertFalse(Files.exists(journal()));
  }

  @Test
  void theNextRunKnowsTheTablesOfOneThatWasKilled() {
    killedRun();
    MarkOwner next = kernel.ownerWith(services);
    assertEquals(Set.of(FOUR, SIX), next.journal().tables());
    assertEquals(1, next.removeLeft(Set.of(FOUR)).size());
    assertEquals(List.of("my table RemoveTable[family=IPV6]"), kernel.asked);
    // that which is replaced is made at once, and goes in the end
    next.change(
        TABLE, List.of(new RemoveTable(AddressFamily.IPV4), new AddTable(AddressFamily.IPV4)));
    assertEquals(Set.of(FOUR), kernel.ownerWith(services).journal().tables());
    next.change(TABLE, List.of(new RemoveTable(AddressFamily.IPV4)));
    next.close();
    assertFalse(Files.exists(journal()));
  }

  @Test
  void aReleaseRemovesThemAndTellsOfThoseThatItCannot() {
    killedRun();
    kernel.answer = Optional.of(new KernelError(Errno.EPERM, "no right"));
    Released refused = MarkRelease.run(kernel.ownerWith(services));
    assertEquals(List.of(), refused.removed());
    assertEquals(
        List.of(
            "cannot remove nftables table ip my table: no right",
            "cannot remove nftables table ip6 my table: no right"),
        refused.refused());
    assertTrue(Files.exists(journal()));
    kernel.answer = Optional.empty();
    Released released = MarkRelease.run(kernel.ownerWith(services));
    assertEquals(
        List.of("nftables table ip my table", "nftables table ip6 my table"), released.removed());
    assertFalse(Files.exists(journal()));
  }

  @Test
  void whatCouldNeverBeMadeIsForgotten() {
    MarkOwner owner = kernel.ownerWith(services);
    owner.change(TABLE, List.of(new AddTable(AddressFamily.IPV6)));
    kernel.answer = Optional.of(new KernelError(Errno.EPERM, "no right"));
    owner.change(TABLE, List.of(new AddTable(AddressFamily.IPV4)));
    assertEquals(Set.of(SIX, FOUR), owner.journal().tables());
    owner.change(
        TABLE, List.of(new RemoveTable(AddressFamily.IPV4), new RemoveTable(AddressFamily.IPV6)));
    assertEquals(Set.of(SIX), owner.journal().tables());
  }

  @Test
  void aKernelWithoutNftablesIsARefusal() {
    MarkOwner owner =
        new MarkOwner(
            () -> {
              throw new SystemCallException(
                  new SystemError("open netlink socket", Errno.EPROTONOSUPPORT, "not supported"));
            },
            MarkJournal.open(journal()));
    KernelError error =
        owner.change(TABLE, List.of(new AddTable(AddressFamily.IPV4))).orElseThrow();
    assertTrue(error.text().contains("modprobe nf_tables"), error.text());
    assertTrue(owner.read(TABLE, Set.of()).error().isPresent());
  }

  @Test
  void linesThatAreNoneAreLeftOut() throws Exception {
    killedRun();
    String text = Files.readString(journal());
    Files.writeString(journal(), text + "+ ip\n+ ipx other\nnonsense\n- ip6 my table\n");
    assertEquals(Set.of(FOUR), kernel.ownerWith(services).journal().tables());
  }
}
