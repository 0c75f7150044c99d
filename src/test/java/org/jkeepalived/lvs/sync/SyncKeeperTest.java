package org.jkeepalived.lvs.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.lvs.TracedLog;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;
import org.junit.jupiter.api.Test;

class SyncKeeperTest {

  private static final Optional<SyncDaemon> NONE = Optional.empty();
  private static final Optional<SyncDaemon> FOLLOWS = follows("eth0", 51);
  private static final Optional<SyncDaemon> BOTH =
      Optional.of(new SyncDaemon("eth0", Optional.empty(), 3, Transport.KERNEL));

  private final SimulatedSync kernel = new SimulatedSync();
  private final List<String> lines = new ArrayList<>();
  private final SyncKeeper keeper = new SyncKeeper(kernel, TracedLog.plain(lines::add));

  private static Optional<SyncDaemon> follows(String link, int id) {
    return Optional.of(new SyncDaemon(link, Optional.of("VI_1"), id, Transport.KERNEL));
  }

  private static Optional<SyncDaemon> long1400() {
    Transport transport =
        new Transport(
            OptionalInt.of(65_507), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    return Optional.of(new SyncDaemon("eth0", Optional.of("VI_1"), 51, transport));
  }

  private static RunningSync running(SyncRole role, String link, int id) {
    return new RunningSync(role, link, id, Transport.KERNEL);
  }

  private List<String> start(Optional<SyncDaemon> wanted) {
    keeper.start(wanted, false, Set.of());
    return kernel.answerAll();
  }

  private List<String> lines() {
    List<String> said = List.copyOf(lines);
    lines.clear();
    return said;
  }

  @Test
  void theBackupListensAndTheMasterTells() {
    assertEquals(List.of("read", "start backup eth0 51"), start(FOLLOWS));
    keeper.instanceIs(true);
    assertEquals(List.of("stop backup", "start master eth0 51"), kernel.answerAll());
    keeper.instanceIs(true);
    assertEquals(List.of(), kernel.answerAll());
    keeper.instanceIs(false);
    assertEquals(List.of("stop master", "start backup eth0 51"), kernel.answerAll());
    assertEquals(List.of(), lines());
  }

  @Test
  void withoutAnInstanceBothRunWhateverHappens() {
    assertEquals(List.of("read", "start master eth0 3", "start backup eth0 3"), start(BOTH));
    keeper.instanceIs(true);
    assertEquals(List.of(), kernel.answerAll());
  }

  @Test
  void whatIsMasterAtTheStartIsNoBackupBefore() {
    keeper.start(FOLLOWS, true, Set.of());
    assertEquals(List.of("read", "start master eth0 51"), kernel.answerAll());
  }

  @Test
  void changesThatComeWhileTheKernelWorksEndInTheLastOne() {
    start(FOLLOWS);
    keeper.instanceIs(true);
    keeper.instanceIs(false);
    keeper.instanceIs(true);
    kernel.answer();
    keeper.instanceIs(false);
    kernel.answerAll();
    assertEquals(List.of("backup eth0 51"), kernel.text());
  }

  @Test
  void aReloadStartsAnewOnlyWhatChanges() {
    start(FOLLOWS);
    keeper.reload(FOLLOWS, false);
    assertEquals(List.of(), kernel.answerAll());
    keeper.reload(follows("eth0", 7), false);
    assertEquals(List.of("stop backup", "start backup eth0 7"), kernel.answerAll());
    keeper.reload(BOTH, false);
    assertEquals(
        List.of("stop backup", "start master eth0 3", "start backup eth0 3"), kernel.answerAll());
    keeper.reload(NONE, false);
    assertEquals(List.of("stop master", "stop backup"), kernel.answerAll());
    keeper.reload(FOLLOWS, true);
    assertEquals(List.of("read", "start master eth0 51"), kernel.answerAll());
    assertEquals(List.of(), lines());
  }

  @Test
  void aReloadThatFollowsAnotherInstanceIsOneStep() {
    keeper.start(FOLLOWS, true, Set.of());
    kernel.answerAll();
    keeper.reload(
        Optional.of(new SyncDaemon("eth0", Optional.of("VI_2"), 51, Transport.KERNEL)), true);
    assertEquals(List.of(), kernel.answerAll());
  }

  @Test
  void whatAKilledRunLeftGoesOnWhereItFits() {
    kernel.has(running(SyncRole.BACKUP, "eth0", 51));
    assertEquals(List.of("read"), start(FOLLOWS));
    kernel.has(running(SyncRole.MASTER, "eth0", 51));
    keeper.stop(() -> {});
    assertEquals(List.of("stop backup"), kernel.answerAll());
  }

  @Test
  void whatAKilledRunLeftIsStoppedWhereItDoesNotFit() {
    kernel.has(running(SyncRole.MASTER, "eth0", 51));
    kernel.has(running(SyncRole.BACKUP, "eth1", 51));
    assertEquals(
        List.of("read", "stop master", "stop backup", "start backup eth0 51"), start(FOLLOWS));
  }

  @Test
  void packetsOfAnotherLengthAreReasonEnoughToStartAnew() {
    kernel.has(running(SyncRole.BACKUP, "eth0", 51));
    assertEquals(List.of("read", "stop backup", "start backup eth0 51"), start(long1400()));
    // the kernel has made them shorter than they were asked for
    keeper.compare();
    assertEquals(List.of("read"), kernel.answerAll());
  }

  @Test
  void whereThereIsNothingToDoNobodyIsAsked() {
    assertEquals(List.of(), start(NONE));
    List<String> done = new ArrayList<>();
    keeper.stop(() -> done.add("done"));
    assertEquals(List.of("done"), done);
  }

  @Test
  void whereNothingIsConfiguredOnlyWhatTheJournalNamesIsStopped() {
    kernel.has(running(SyncRole.MASTER, "eth0", 51));
    kernel.has(running(SyncRole.BACKUP, "eth1", 9));
    keeper.start(NONE, false, Set.of(SyncRole.MASTER));
    assertEquals(List.of("read", "stop master"), kernel.answerAll());
    keeper.compare();
    keeper.instanceIs(true);
    keeper.linkIs(OptionalInt.of(3));
    keeper.stop(() -> {});
    assertEquals(List.of(), kernel.answerAll());
    assertEquals(List.of("backup eth1 9"), kernel.text());
  }

  @Test
  void whatSomebodyElseDoesIsPutRightAndToldOnce() {
    start(FOLLOWS);
    keeper.compare();
    assertEquals(List.of("read"), kernel.answerAll());
    for (int i = 0; i < 2; i++) {
      kernel.loses(SyncRole.BACKUP);
      keeper.compare();
      assertEquals(List.of("read", "start backup eth0 51"), kernel.answerAll());
    }
    assertEquals(
        List.of("sync daemon (backup) was stopped by somebody else, putting it right"), lines());
    kernel.has(running(SyncRole.BACKUP, "eth1", 51));
    keeper.compare();
    assertEquals(List.of("read", "stop backup", "start backup eth0 51"), kernel.answerAll());
    assertEquals(
        List.of("sync daemon (backup) was changed by somebody else, putting it right"), lines());
    kernel.has(running(SyncRole.MASTER, "eth1", 9));
    keeper.compare();
    assertEquals(List.of("read", "stop master"), kernel.answerAll());
    assertEquals(
        List.of("sync daemon (master) was started by somebody else, putting it right"), lines());
    keeper.compare();
    kernel.answerAll();
    kernel.loses(SyncRole.BACKUP);
    keeper.compare();
    kernel.answerAll();
    assertEquals(
        List.of("sync daemon (backup) was stopped by somebody else, putting it right"), lines());
  }

  @Test
  void whatIsRefusedIsSaidOnceAndTriedAgainWhenALinkComes() {
    kernel.error = Optional.of(SimulatedSync.NO_LINK);
    assertEquals(List.of("read", "start backup eth0 51"), start(FOLLOWS));
    keeper.compare();
    assertEquals(List.of("read", "start backup eth0 51"), kernel.answerAll());
    assertEquals(
        List.of("IPVS: cannot start sync daemon (backup) on eth0: No such device"), lines());
    kernel.error = Optional.empty();
    keeper.linkIs(OptionalInt.of(4));
    assertEquals(List.of("start backup eth0 51"), kernel.answerAll());
    assertEquals(List.of("sync daemon (backup) runs on eth0 now"), lines());
  }

  @Test
  void aRefusedStopKeepsNothingElseFromBeingTried() {
    start(FOLLOWS);
    kernel.error = Optional.of(new org.jkeepalived.kernel.KernelError(1, "not permitted"));
    keeper.instanceIs(true);
    assertEquals(List.of("stop backup", "start master eth0 51"), kernel.answerAll());
    kernel.error = Optional.empty();
    keeper.compare();
    assertEquals(List.of("read", "stop backup", "start master eth0 51"), kernel.answerAll());
  }

  @Test
  void aLinkThatComesAgainWhileADaemonIsBeingStartedHasItStartedAnew() {
    keeper.linkIs(OptionalInt.of(4));
    start(FOLLOWS);
    keeper.instanceIs(true);
    assertTrue(kernel.answer());
    keeper.linkIs(OptionalInt.of(5));
    assertEquals(
        List.of("start master eth0 51", "stop master", "start master eth0 51"), kernel.answerAll());
  }

  @Test
  void whatAKilledRunLeftOnALinkThatIsGoneIsStartedAnewWhenItComes() {
    keeper.linkIs(OptionalInt.empty());
    kernel.has(running(SyncRole.BACKUP, "eth0", 51));
    assertEquals(List.of("read"), start(FOLLOWS));
    keeper.linkIs(OptionalInt.of(4));
    assertEquals(List.of("stop backup", "start backup eth0 51"), kernel.answerAll());
  }

  @Test
  void whatWasStartedBeforeLinksWereKnownGoesOn() {
    start(FOLLOWS);
    keeper.linkIs(OptionalInt.of(4));
    assertEquals(List.of(), kernel.answerAll());
  }

  @Test
  void aLinkThatHasGoneAndComeAgainHasItsDaemonStartedAnew() {
    keeper.linkIs(OptionalInt.of(4));
    start(FOLLOWS);
    keeper.linkIs(OptionalInt.of(4));
    keeper.linkIs(OptionalInt.empty());
    assertEquals(List.of(), kernel.answerAll());
    keeper.linkIs(OptionalInt.of(5));
    assertEquals(List.of("stop backup", "start backup eth0 51"), kernel.answerAll());
    assertEquals(
        List.of("Interface eth0 has come again: sync daemon (backup) is started anew"), lines());
    keeper.reload(follows("eth1", 51), false);
    kernel.answerAll();
    keeper.linkIs(OptionalInt.of(6));
    assertEquals(List.of(), kernel.answerAll());
  }

  @Test
  void withoutIpvsNothingIsSaidAndItStartsWhenItComes() {
    kernel.there = false;
    start(FOLLOWS);
    keeper.compare();
    kernel.answerAll();
    assertEquals(List.of(), lines());
    kernel.there = true;
    keeper.tableIsBack();
    assertEquals(List.of("read", "start backup eth0 51"), kernel.answerAll());
  }

  @Test
  void anotherIpvsHasNothingThatRanInTheFirst() {
    start(FOLLOWS);
    kernel.goes();
    kernel.there = true;
    keeper.compare();
    keeper.tableIsBack();
    kernel.answerAll();
    assertEquals(List.of("backup eth0 51"), kernel.text());
  }

  @Test
  void theStopWaitsForTheKernel() {
    start(BOTH);
    List<String> done = new ArrayList<>();
    keeper.stop(() -> done.add("done"));
    assertTrue(kernel.answer());
    assertEquals(List.of(), done);
    assertEquals(List.of("stop backup"), kernel.answerAll());
    assertEquals(List.of("done"), done);
    assertEquals(List.of(), kernel.text());
  }

  /** Whatever happens, in whatever order: in the end what runs is what is wanted. */
  @Test
  void whateverHappensItEndsAsItIsWanted() {
    Trials.run(2_000, SyncKeeperTest::disturbed);
  }

  private static void disturbed(Dice dice) {
    SyncKeeperTest test = new SyncKeeperTest();
    boolean master = false;
    Optional<SyncDaemon> wanted = any(dice);
    test.keeper.start(wanted, false, Set.of());
    for (int i = dice.below(20); i > 0; i--) {
      switch (dice.below(7)) {
        case 0 -> test.keeper.instanceIs(master = !master);
        case 1 -> test.keeper.reload(wanted = any(dice), master);
        case 2 -> test.kernel.loses(dice.of(SyncRole.values()));
        case 3 -> test.kernel.has(running(dice.of(SyncRole.values()), "eth1", 9));
        case 4 -> test.keeper.compare();
        case 5 ->
            test.kernel.error = dice.flip() ? Optional.empty() : Optional.of(SimulatedSync.NO_LINK);
        default -> test.keeper.linkIs(OptionalInt.of(dice.between(1, 3)));
      }
      for (int answers = dice.below(3); answers > 0; answers--) {
        test.kernel.answer();
      }
    }
    test.kernel.error = Optional.empty();
    test.kernel.answerAll();
    test.keeper.compare();
    test.kernel.answerAll();
    List<String> expected = new ArrayList<>();
    for (SyncRole role : wanted.isPresent() ? SyncRole.values() : new SyncRole[0]) {
      SyncDaemon daemon = wanted.get();
      if (daemon.instance().isEmpty() || (role == SyncRole.MASTER) == master) {
        expected.add(role.text() + " " + daemon.interfaceName() + " " + daemon.id());
      }
    }
    if (wanted.isPresent()) {
      assertEquals(expected, test.kernel.text());
    } else {
      // what is there then is somebody else's
      assertTrue(test.kernel.running().values().stream().allMatch(one -> one.id() == 9));
    }
  }

  private static Optional<SyncDaemon> any(Dice dice) {
    return dice.of(NONE, FOLLOWS, BOTH, follows("eth1", 51), follows("eth0", 7), long1400());
  }
}
