package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.loop.OwnerState.Condition;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.TestOwners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The threads of the sockets, when Netty's loop ends and when they are closed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CheckLoopTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(OwnerThread.class);

  private final TestOwners process = new TestOwners();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(lines);
  }

  private static String threadOf(Executor loop) throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    loop.execute(() -> name.complete(Thread.currentThread().getName()));
    return name.get(30, TimeUnit.SECONDS);
  }

  /** Nobody answers then, so servers stay as they are, and the process lives on. */
  @Test
  void nettysEndIsTheLossOfThisThreadAlone() throws Exception {
    TlsLoop loop = new TlsLoop(process.owners());
    assertEquals("checks-tls", threadOf(loop));
    loop.execute(() -> loop.netty().shutdownGracefully(0, 1, TimeUnit.MILLISECONDS).isDone());
    while (process.owners().states().get(0).condition() != Condition.LOST) {
      Thread.onSpinWait();
    }
    assertFalse(process.haveEndedTheProcess());
    assertEquals(
        "thread checks-tls ends: real servers are not asked over TLS any more, and stay as they"
            + " are",
        lines.list.get(0).getFormattedMessage());
    assertEquals(1, lines.list.size());
    loop.execute(() -> process.owners().endProcess("a step was taken", new Error()));
    loop.close();
    assertFalse(process.haveEndedTheProcess());
  }

  @Test
  void closingItIsNoLoss() throws Exception {
    CheckLoop loop = new CheckLoop(process.owners());
    assertEquals("checks", threadOf(loop));
    loop.close();
    assertTrue(process.owners().states().isEmpty());
    assertTrue(lines.list.isEmpty());
  }
}
