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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.lvs.DirectorService;
import org.jkeepalived.host.lvs.check.ServerChecks;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Director;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A director that is stopped before it has even seen the kernel's table. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EarlyStopTest {

  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey FOREIGN = tcp("10.9.0.102", 80);

  @TempDir Path folder;
  private final TestOwners process = new TestOwners();
  private final FakeTable kernel = new FakeTable();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private ScriptThread scripts;
  private OwnerThread lvs;
  private IpvsThread ipvs;

  @BeforeEach
  void leaveSomethingBehind() throws Exception {
    try (ServiceJournal killed = ServiceJournal.open(file())) {
      killed.adding(List.of(new AddService(WEB, plain("rr"))));
    }
    kernel.present =
        List.of(
            new TableService(WEB, plain("rr"), Map.of()),
            new TableService(FOREIGN, plain("rr"), Map.of()));
    // the kernel answers when the stop was asked for
    kernel.before = this::awaitStop;
    scripts = new ScriptThread(process.owners());
    lvs = process.owners().make("lvs", FailureRule.goOn("nothing"));
    FakeOpening opening = new FakeOpening(Optional.of(kernel));
    ipvs =
        new IpvsThread(process.owners(), opening, ServiceJournal.open(file()), Long.MAX_VALUE / 4);
  }

  private void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path file() {
    return folder.resolve("run/pid.services");
  }

  @AfterEach
  void close() {
    stopped.countDown();
    lvs.close();
    scripts.close();
  }

  private void startAndStop(boolean keepsTable) throws Exception {
    ServerChecks checks = new ServerChecks(process.owners(), lvs.loop(), scripts, new Random(1));
    DirectorService director =
        new DirectorService(lvs.loop(), ipvs, checks, event -> {}, keepsTable);
    lvs.start();
    director.start(Director.NONE);
    Thread stopping = new Thread(() -> stop(director), "stopping");
    stopping.start();
    // its turn comes after the stop's, on the thread whose turns come in their order
    while (stopping.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    stopped.countDown();
    stopping.join();
  }

  private static void stop(DirectorService director) {
    try {
      director.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAKilledRunHadLeftIsRemovedAllTheSame() throws Exception {
    startAndStop(false);
    assertEquals(List.of("read", "RemoveService " + WEB), List.copyOf(kernel.asked));
    assertFalse(Files.exists(file()), "there is nothing left to know");
    assertTrue(kernel.closed);
  }

  @Test
  void withDontReleaseIpvsItStaysAndSoDoesTheJournal() throws Exception {
    startAndStop(true);
    assertEquals(List.of("read"), List.copyOf(kernel.asked));
    assertEquals(Set.of(WEB), ServiceJournal.open(file()).services());
  }
}
