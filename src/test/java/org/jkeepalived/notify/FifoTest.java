package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;

/** What stands in a FIFO, also when nobody reads from it. */
class FifoTest {

  private static final String PATH = "/run/fifo";
  private static final Notifications NO_PRIORITIES =
      new Notifications(Map.of(), false, false, false);

  private final Stage stage = new Stage();

  private FakePipe pipe() {
    return stage.folder.at(PATH);
  }

  private void has(boolean statesOnReload) {
    stage.configure(Stage.reporting(Stage.fifo(PATH), statesOnReload));
  }

  private static List<String> lines(String... whats) {
    List<String> lines = new ArrayList<>();
    for (String what : whats) {
      lines.add("INSTANCE \"VI_1\" " + what + " 100");
    }
    return lines;
  }

  @Test
  void eachEventIsALine() {
    has(false);
    stage.happens("VI_1", What.values());
    stage.notifier.happened(What.MASTER.of(Subject.group("VG_1"), 0, Notifications.NONE));
    List<String> expected =
        lines(
            "MASTER",
            "BACKUP",
            "FAULT",
            "STOP",
            "DELETED",
            "MASTER_RX_LOWER_PRI",
            "MASTER_PRIORITY",
            "BACKUP_PRIORITY");
    expected.add("GROUP \"VG_1\" MASTER 0");
    assertEquals(expected, pipe().read());
  }

  @Test
  void ofPrioritiesItHearsOnlyWhereThatIsWantedAndOfARemovalAsKeepalivedSaysIt() {
    has(false);
    for (What what : List.of(What.BACKUP, What.BACKUP_PRIORITY, What.DELETED)) {
      stage.notifier.happened(Stage.event("VI_1", what, NO_PRIORITIES));
    }
    assertEquals(lines("BACKUP", "FAULT"), pipe().read());
  }

  @Test
  void twoFifosHearTheSameAndTheOneOfServersHearsNothing() {
    stage.configure(
        new Reporting(
            Optional.of(Stage.fifo("/all")),
            Optional.of(Stage.fifo("/vrrp")),
            Optional.of(Stage.fifo("/lvs", "reader")),
            true,
            Optional.empty()));
    stage.happens("VI_1", What.MASTER);
    assertEquals(lines("MASTER"), stage.folder.at("/all").read());
    assertEquals(lines("MASTER"), stage.folder.at("/vrrp").read());
    assertEquals(List.of(), stage.folder.at("/lvs").read());
    assertEquals("reader /lvs", stage.runner.all.get(0).toString());
  }

  @Test
  void whatFindsNoRoomWaitsForIt() {
    has(false);
    pipe().room = 1;
    stage.happens("VI_1", What.MASTER, What.BACKUP, What.MASTER);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      read.addAll(pipe().read());
      stage.passes(FifoWriter.RETRY_NANOS);
    }
    assertEquals(lines("MASTER", "BACKUP", "MASTER"), read);
    stage.allEnd();
    assertEquals(Long.MAX_VALUE, stage.timers.nanosUntilNext(stage.nowNanos));
  }

  @Test
  void ofTooMuchTheLastStateOfEachStays() {
    has(false);
    pipe().room = 0;
    stage.happens("VI_2", What.MASTER);
    for (int i = 0; i < 20_000; i++) {
      stage.happens("VI_1", What.MASTER_RX_LOWER_PRI, What.BACKUP, What.MASTER);
    }
    stage.happens("VI_1", What.FAULT);
    pipe().room = 1_000_000;
    stage.passes(FifoWriter.RETRY_NANOS);
    List<String> read = pipe().read();
    assertTrue(read.size() <= Backlog.MOST, "too many: " + read.size());
    assertTrue(read.contains("INSTANCE \"VI_2\" MASTER 100"));
    assertEquals(lines("FAULT").get(0), read.get(read.size() - 1));
  }

  @Test
  void moreInstancesThanThereIsRoomForLoseTheOldest() {
    has(false);
    pipe().room = 0;
    for (int i = 0; i < Backlog.MOST + 10; i++) {
      stage.happens("VI_" + i, What.BACKUP);
    }
    pipe().room = 1_000_000;
    stage.passes(FifoWriter.RETRY_NANOS);
    List<String> read = pipe().read();
    assertEquals(Backlog.MOST, read.size());
    assertEquals("INSTANCE \"VI_10\" BACKUP 100", read.get(0));
  }

  @Test
  void aNameTooLongForOneWriteIsLeftOut() {
    has(false);
    stage.happens("V".repeat(5_000), What.MASTER);
    stage.happens("VI_1", What.MASTER);
    assertEquals(lines("MASTER"), pipe().read());
  }

  @Test
  void oneThatFailsCostsTheOtherNothing() {
    stage.folder.refused.add("/bad");
    Reporting reporting =
        new Reporting(
            Optional.of(Stage.fifo("/bad", "reader")),
            Optional.of(Stage.fifo(PATH)),
            Optional.empty(),
            false,
            Optional.empty());
    stage.configure(reporting);
    stage.happens("VI_1", What.MASTER);
    assertEquals(lines("MASTER"), pipe().read());
    assertFalse(stage.runner.history().contains("reader /bad"));
    // the reason is gone at the next reload
    stage.folder.refused.clear();
    stage.configure(reporting);
    assertEquals(lines("MASTER"), stage.folder.at("/bad").read());
  }

  @Test
  void oneThatBreaksIsMadeAnewByTheNextReload() {
    has(false);
    pipe().failing = true;
    stage.happens("VI_1", What.MASTER, What.BACKUP);
    has(false);
    assertEquals(2, stage.folder.opened);
    assertEquals(lines("BACKUP"), pipe().read());
  }

  @Test
  void aReloadLeavesWhatStaysAsItIs() {
    has(false);
    stage.happens("VI_1", What.BACKUP);
    has(false);
    assertEquals(1, stage.folder.opened);
    assertEquals(lines("BACKUP"), pipe().read());
  }

  @Test
  void aReloadTellsThePresentStatesWhereThatIsWanted() {
    has(true);
    stage.happens("VI_1", What.BACKUP, What.MASTER);
    stage.happens("VI_2", What.BACKUP, What.STOP);
    stage.notifier.happened(What.MASTER.of(Subject.group("VG_1"), 0, Notifications.NONE));
    stage.notifier.happened(
        What.MASTER_PRIORITY.of(Subject.instance("VI_1"), 105, Notifications.NONE));
    pipe().read();
    has(true);
    assertEquals(List.of("GROUP \"VG_1\" MASTER 0", "INSTANCE \"VI_1\" MASTER 105"), pipe().read());
  }

  @Test
  void whatIsRemovedHasNoPresentState() {
    has(true);
    stage.notifier.happened(Stage.event("VI_1", What.MASTER, NO_PRIORITIES));
    stage.notifier.happened(What.MASTER.of(Subject.group("VG_1"), 0, Notifications.NONE));
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, NO_PRIORITIES));
    pipe().read();
    stage.configure(Stage.reporting(Stage.fifo(PATH), true), "VG_2");
    assertEquals(List.of(), pipe().read());
  }

  /** Its removal is told a moment later; until then nobody is to take it for what it was. */
  @Test
  void whatAReloadIsAboutToRemoveIsNotToldOnceMore() {
    Reporting reporting = Stage.reporting(Stage.fifo(PATH), true);
    stage.configure(
        reporting, List.of(instance("VI_1", 1), instance("VI_2", 2), instance("VI_3", 3)));
    stage.happens("VI_1", What.MASTER);
    stage.happens("VI_2", What.MASTER);
    stage.happens("VI_3", What.MASTER);
    pipe().read();

    // VI_1 goes, VI_2 becomes another virtual router of that name
    stage.configure(reporting, List.of(instance("VI_2", 22), instance("VI_3", 3)));
    assertEquals(List.of("INSTANCE \"VI_3\" MASTER 100"), pipe().read());
    stage.happens("VI_1", What.DELETED);
    stage.happens("VI_2", What.DELETED, What.BACKUP);
    assertEquals(
        List.of(
            "INSTANCE \"VI_1\" DELETED 100",
            "INSTANCE \"VI_2\" DELETED 100",
            "INSTANCE \"VI_2\" BACKUP 100"),
        pipe().read());

    stage.configure(reporting, List.of(instance("VI_2", 22), instance("VI_3", 3)));
    assertEquals(
        List.of("INSTANCE \"VI_3\" MASTER 100", "INSTANCE \"VI_2\" BACKUP 100"), pipe().read());
  }

  private static VrrpInstance instance(String name, int vrid) {
    return new VrrpInstance(
        name, new VrrpInstance.Key("eth0", InetAddress.getLoopbackAddress(), vrid));
  }

  @Test
  void whatWasInFaultBeforeItsRemovalIsNotToldAgainUnlessItIsDeleted() {
    has(true);
    stage.notifier.happened(Stage.event("VI_1", What.FAULT, NO_PRIORITIES));
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, NO_PRIORITIES));
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, NO_PRIORITIES));
    assertEquals(lines("FAULT"), pipe().read());
    stage.happens("VI_1", What.FAULT, What.DELETED, What.DELETED);
    assertEquals(lines("FAULT", "DELETED", "DELETED"), pipe().read());
  }

  @Test
  void aNewPathHasThePresentStatesAndTheOldIsClosed() {
    has(false);
    stage.happens("VI_1", What.MASTER);
    stage.configure(Stage.reporting(Stage.fifo("/run/other"), false));
    assertEquals(List.of("/run/other"), List.copyOf(stage.folder.pipes.keySet()));
    assertEquals(lines("MASTER"), stage.folder.at("/run/other").read());
    stage.configure(Reporting.NONE);
    assertTrue(stage.folder.pipes.isEmpty());
    stage.happens("VI_1", What.BACKUP);
  }
}
