package org.jkeepalived.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.process.UnixDatagramReceiver;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What systemd hears while all runs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SystemdReportTest {

  private static final String ADDRESS =
      "@jkeepalived-test-manager-" + ProcessHandle.current().pid();

  private final Owners owners = TestOwners.make();
  private final Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", ADDRESS));
  private OwnerThread scripts;
  private UnixDatagramReceiver systemd;

  @BeforeEach
  void open() throws Exception {
    systemd = UnixDatagramReceiver.at(ADDRESS);
    scripts = owners.make("scripts", FailureRule.endProcess("nothing")).start();
  }

  @AfterEach
  void close() throws Exception {
    scripts.close();
    systemd.close();
  }

  private SystemdReport start() throws Exception {
    SystemdReport manager = SystemdReport.of(environment, scripts.loop(), owners);
    manager.start();
    return manager;
  }

  private void enters(SystemdReport manager, String name, Entered state) {
    scripts.execute(
        () ->
            manager.happened(
                new VrrpEvent.Transition(Subject.instance(name), state, 100, Notifications.NONE)));
  }

  /** Receives until it is that: a watchdog is fed meanwhile. */
  private void await(String message) throws Exception {
    for (String received = systemd.receive();
        !received.equals(message);
        received = systemd.receive()) {
      assertEquals("WATCHDOG=1", received);
    }
  }

  @Test
  void hearsWhoIsMasterOfWhat() throws Exception {
    SystemdReport manager = start();
    assertEquals("STATUS=running", systemd.receive());
    // together: one message, not two
    enters(manager, "VI_1", Entered.MASTER);
    enters(manager, "VI_2", Entered.BACKUP);
    assertEquals("STATUS=master of VI_1; backup of 1", systemd.receive());
    enters(manager, "VI_1", Entered.FAULT);
    assertEquals("STATUS=backup of 1; fault of VI_1", systemd.receive());
  }

  @Test
  void hearsThatAllIsWellAsLongAsEveryOwnerAnswers() throws Exception {
    environment.put("WATCHDOG_USEC", "200000");
    OwnerThread vrrp = owners.make("vrrp", FailureRule.endProcess("nothing")).start();
    CountDownLatch released = new CountDownLatch(1);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.host.systemd")) {
      SystemdReport manager = start();
      await("STATUS=running");
      await("WATCHDOG=1");
      CompletableFuture<Void> stuck = new CompletableFuture<>();
      vrrp.execute(
          () -> {
            stuck.complete(null);
            awaitRelease(released);
          });
      stuck.get();
      lines.await("Thread vrrp does not answer: the service manager is not told that all is well");
      // what was sent before is there before this: it is the next thing to come
      enters(manager, "VI_1", Entered.MASTER);
      await("STATUS=master of VI_1");
      enters(manager, "VI_1", Entered.BACKUP);
      assertEquals("STATUS=backup of 1", systemd.receive());
      released.countDown();
      lines.await("All threads answer again: the service manager is told so");
      assertEquals("WATCHDOG=1", systemd.receive());
    }
    vrrp.close();
  }

  private static void awaitRelease(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
