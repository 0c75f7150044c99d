package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RollCallTest {

  private final Owners owners = TestOwners.make();
  private final CountDownLatch released = new CountDownLatch(1);

  private OwnerThread owner(String name, FailureRule rule) throws Exception {
    return owners.make(name, rule).start();
  }

  /** Keeps an owner in a turn until {@link #released}. */
  private void stick(OwnerThread owner) throws Exception {
    CompletableFuture<Void> stuck = new CompletableFuture<>();
    owner.execute(
        () -> {
          stuck.complete(null);
          await(released);
        });
    stuck.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void idle(OwnerThread owner) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    owner.execute(() -> done.complete(null));
    done.get();
  }

  @Test
  void tellsWhoDoesNotAnswerUntilTheyDo() throws Exception {
    OwnerThread vrrp = owner("vrrp", FailureRule.endProcess("nothing"));
    OwnerThread kernel = owner("kernel", FailureRule.goOn("nothing"));
    RollCall call = owners.rollCall(name -> true);
    assertEquals(List.of(), call.call());
    idle(vrrp);
    idle(kernel);
    stick(vrrp);
    assertEquals(List.of(), call.call());
    idle(kernel);
    assertEquals(List.of("vrrp"), call.call());
    idle(kernel);
    assertEquals(List.of("vrrp"), call.call());
    idle(kernel);
    released.countDown();
    idle(vrrp);
    assertEquals(List.of(), call.call());
  }

  @Test
  void whoMayHangOrIsNotNamedIsNotCalled() throws Exception {
    OwnerThread files = owner("files", FailureRule.goOnOrHang("nothing"));
    OwnerThread kernel = owner("kernel", FailureRule.goOn("nothing"));
    RollCall all = owners.rollCall(name -> true);
    RollCall vrrp = owners.rollCall("vrrp"::equals);
    stick(files);
    stick(kernel);
    assertEquals(List.of(), all.call());
    assertEquals(List.of(), vrrp.call());
    assertEquals(List.of("kernel"), all.call());
    assertEquals(List.of(), vrrp.call());
    released.countDown();
  }

  @Test
  void whoHasEndedOwesNothing() throws Exception {
    OwnerThread kernel = owner("kernel", FailureRule.goOn("nothing"));
    RollCall call = owners.rollCall(name -> true);
    stick(kernel);
    call.call();
    assertEquals(List.of("kernel"), call.call());
    released.countDown();
    assertTrue(kernel.endWithin(30_000));
    assertEquals(List.of(), call.call());
  }
}
