package org.jkeepalived.host.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.loop.FatalExit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelThreadTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final String ONE = "eth0 10.0.0.1/24";

  @TempDir Path folder;
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final List<String> journalWhenWritten = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile Optional<RuntimeException> bug = Optional.empty();
  private volatile Optional<Error> disaster = Optional.empty();
  private volatile boolean closed;
  private Optional<KernelThread> thread = Optional.empty();

  /** Does what it is asked for, unless it is told to throw. */
  private final class Kernel implements KernelWriter {
    @Override
    public List<KernelResult> write(List<KernelRequest> requests) {
      disaster.ifPresent(
          error -> {
            throw error;
          });
      bug.ifPresent(
          error -> {
            throw error;
          });
      requests.forEach(request -> written.add(request.toString()));
      journalWhenWritten.add(journalText());
      return requests.stream().map(KernelResult::done).toList();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private JournalPath path() {
    return JournalPath.in(folder.resolve("run"), "pid");
  }

  private String journalText() {
    try {
      return Files.readString(path().file());
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private KernelThread start() throws Exception {
    KernelThread made =
        new KernelThread(
            new Kernel(),
            KernelJournal.open(path()),
            new FatalExit(() -> {}, () -> ended.complete(null)));
    thread = Optional.of(made);
    return made;
  }

  @AfterEach
  void close() {
    thread.ifPresent(KernelThread::close);
  }

  private static List<KernelResult> carryOut(KernelSession session, List<KernelRequest> requests)
      throws Exception {
    BlockingQueue<List<KernelResult>> answers = new LinkedBlockingQueue<>();
    session.submit(requests, answers::add);
    List<KernelResult> answer = answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    return Optional.ofNullable(answer).orElseThrow(() -> new AssertionError("no answer"));
  }

  @Test
  void journalIsWrittenBeforeTheKernelIsAskedAndAfterItHasRemoved() throws Exception {
    KernelSession session = start().session(VRRP, Runnable::run);
    List<KernelResult> results = carryOut(session, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(Outcome.DONE, results.get(0).outcome());
    carryOut(session, requests(Operation.REMOVE, "10.0.0.1"));
    assertEquals(
        List.of("add 10.0.0.1/24 to eth0", "remove 10.0.0.1/24 from eth0"), List.copyOf(written));
    assertEquals(List.of("+ " + ONE + "\n", "+ " + ONE + "\n"), List.copyOf(journalWhenWritten));
    assertEquals("+ " + ONE + "\n- " + ONE + "\n", journalText());
  }

  @Test
  void answersComeToTheThreadOfWhoAsked() throws Exception {
    List<Runnable> home = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> handedOver = new CompletableFuture<>();
    KernelSession session =
        start()
            .session(
                VRRP,
                step -> {
                  home.add(step);
                  handedOver.complete(null);
                });
    List<KernelResult> answers = new ArrayList<>();
    session.submit(requests(Operation.ADD, "10.0.0.1"), answers::addAll);
    handedOver.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertEquals(List.of(), answers);
    home.get(0).run();
    assertEquals(1, answers.size());
  }

  @Test
  void largeBatchesAreWrittenInPartsAndAnsweredWhole() throws Exception {
    KernelSession session = start().session(VRRP, Runnable::run);
    List<KernelRequest> many = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      many.addAll(requests(Operation.ADD, "10.0." + i / 250 + "." + i % 250));
    }
    assertEquals(1_100, carryOut(session, many).size());
    assertEquals(3, journalWhenWritten.size());
    assertEquals(many.stream().map(KernelRequest::toString).toList(), List.copyOf(written));
  }

  @Test
  void eachSubsystemHearsOfWhatItsOwnLastRunLeft() throws Exception {
    KernelThread first = start();
    carryOut(first.session(VRRP, Runnable::run), requests(Operation.ADD, "10.0.0.1"));
    carryOut(first.session("lvs", Runnable::run), requests(Operation.ADD, "10.0.0.2", "10.0.0.3"));
    first.close();
    KernelThread next = start();
    assertEquals(Set.of(ONE), next.session(VRRP, Runnable::run).leftBehind());
    KernelSession lvs = next.session("lvs", Runnable::run);
    assertEquals(Set.of("eth0 10.0.0.2/24", "eth0 10.0.0.3/24"), lvs.leftBehind());
    assertEquals(Set.of(), next.session("bfd", Runnable::run).leftBehind());
    lvs.forgetAllBut(Set.of("eth0 10.0.0.3/24"));
    carryOut(lvs, requests(Operation.ADD, "10.0.0.4"));
    next.close();
    assertEquals(
        Set.of("eth0 10.0.0.3/24", "eth0 10.0.0.4/24"), KernelJournal.open(path()).of("lvs"));
    assertEquals(Set.of(ONE), KernelJournal.open(path()).of(VRRP));
  }

  @Test
  void ourOwnBugIsARefusalAndNotTheEnd() throws Exception {
    KernelSession session = start().session(VRRP, Runnable::run);
    bug = Optional.of(new IllegalStateException("for the test"));
    KernelResult refused = carryOut(session, requests(Operation.ADD, "10.0.0.1")).get(0);
    assertEquals(Outcome.REFUSED, refused.outcome());
    assertEquals(
        "internal error: java.lang.IllegalStateException: for the test",
        refused.error().orElseThrow().text());
    bug = Optional.empty();
    assertTrue(carryOut(session, requests(Operation.ADD, "10.0.0.1")).get(0).asWanted());
    assertFalse(ended.isDone());
  }

  @Test
  void errorEndsTheProcess() throws Exception {
    KernelSession session = start().session(VRRP, Runnable::run);
    disaster = Optional.of(new LinkageError("for the test"));
    session.submit(requests(Operation.ADD, "10.0.0.1"), results -> {});
    ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void closeWaitsForWhatWasHandedOver() throws Exception {
    KernelThread made = start();
    KernelSession session = made.session(VRRP, Runnable::run);
    session.submit(requests(Operation.ADD, "10.0.0.1"), results -> {});
    session.submit(requests(Operation.REMOVE, "10.0.0.1"), results -> {});
    made.close();
    assertEquals(2, written.size());
    assertTrue(closed);
    assertFalse(Files.exists(path().file()), "the journal is empty, and gone");
  }

  @Test
  void warmUpAsksForWhatCannotBeAndLeavesNoTrace() throws Exception {
    KernelThread made = start();
    made.warmUp();
    made.close();
    assertEquals(300, written.size());
    assertEquals("remove 127.0.0.1/32 from nowhere", written.get(0));
    assertEquals("", journalWhenWritten.get(0));
  }
}
