package org.jkeepalived.lvs.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue;

/**
 * One check on virtual time, whose servers answer as a test has written down. All that happens is
 * written down, with the second when it did: {@code 1 ask}, {@code 1 log …}, {@code 4 failed …}.
 */
final class CheckStage implements Network, CommandRunner, RunningCheck.Listener {

  static final long SECOND = 1_000_000_000L;

  private final TimerQueue timers = new TimerQueue();
  private final List<String> trace = new ArrayList<>();
  private final Deque<Runnable> pending = new ArrayDeque<>();
  final List<Datagrams.Question> asked = new ArrayList<>();
  final Deque<Object> answers = new ArrayDeque<>();
  private long nowNanos;
  final FileNumbers files;
  private final RunningCheck running;

  CheckStage(Check check) {
    this(check, new FileNumbers());
  }

  /**
   * @param files what is known of files beforehand
   */
  CheckStage(Check check, FileNumbers files) {
    this.files = files;
    ScheduledCheck.Surroundings around =
        new ScheduledCheck.Surroundings(
            timers, () -> nowNanos, new HalfWay(), line -> note("log " + line));
    RunningCheck.Maker maker =
        NetworkCheckMaker.makes(check)
            ? new NetworkCheckMaker(around, this)
            : new LocalCheckMaker(around, this, files);
    running =
        maker.make(
            new CheckedServer("[10.0.0.1]:tcp:80", "[10.0.0.9]:tcp:80"),
            check,
            !check.schedule().alpha(),
            this);
  }

  static CheckConnection connection() {
    try {
      return new CheckConnection(
          new ServerAddress(InetAddress.getByName("10.0.0.1"), 80),
          Optional.empty(),
          0,
          Optional.empty(),
          0,
          5 * SECOND);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  RunningCheck running() {
    return running;
  }

  CheckStage start() {
    running.start(nowNanos);
    return this;
  }

  /** What the next questions are answered. */
  CheckStage answering(Object... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** Lets the time pass up to a second. */
  CheckStage until(long seconds) {
    long end = seconds * SECOND;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
      deliver();
    }
    nowNanos = end;
    return this;
  }

  private void deliver() {
    while (!pending.isEmpty()) {
      pending.remove().run();
    }
  }

  /** What happened since this was asked last. */
  String happened() {
    String text = String.join("\n", trace);
    trace.clear();
    return text;
  }

  private void note(String what) {
    trace.add(nowNanos / SECOND + " " + what);
  }

  @Override
  public Asking connect(CheckConnection connection, Consumer<Attempt> done) {
    note("ask");
    Object answer = next();
    if (answer instanceof Attempt attempt) {
      pending.add(() -> done.accept(attempt));
    } else {
      pending.add(() -> done.accept(new Attempt(Attempt.Kind.valueOf((String) answer), "why")));
    }
    return () -> note("cancel");
  }

  /** An ending, or the bytes of an answer. */
  @Override
  public Asking fetch(WebFetcher.Question question, Consumer<WebFetcher.Ending> done) {
    String request = new String(question.request(), StandardCharsets.UTF_8);
    note("get " + request.split(" ")[1]);
    Object answer = next();
    if (answer instanceof WebFetcher.Ending ending) {
      pending.add(() -> done.accept(ending));
    } else {
      byte[] bytes = answer.toString().getBytes(StandardCharsets.ISO_8859_1);
      question.reader().read(ByteBuffer.wrap(bytes));
      pending.add(() -> done.accept(new WebFetcher.Ending(WebFetcher.Ending.Kind.ANSWERED, "")));
    }
    return () -> note("cancel");
  }

  /** An ending, or what the server says between what we say, as pieces with a bar between them. */
  @Override
  public Asking converse(
      CheckConnection connection, Talk talk, Consumer<Conversations.Ending> done) {
    note("talk");
    Object answer = next();
    if (answer instanceof Conversations.Ending ending) {
      pending.add(() -> done.accept(ending));
    } else {
      for (String said : answer.toString().split("\\|")) {
        byte[] bytes = said.getBytes(StandardCharsets.ISO_8859_1);
        Turn turn = talk.hear(ByteBuffer.wrap(bytes));
        note(turn.kind() + " " + new String(turn.words(), StandardCharsets.UTF_8).strip());
      }
      pending.add(() -> done.accept(new Conversations.Ending(Conversations.Ending.Kind.SAID, "")));
    }
    return () -> note("cancel");
  }

  /** What comes back, which may be no answer. */
  record Arrival(byte[] datagram) {}

  /** An ending or its kind, or the bytes of an answer, or what comes back. */
  @Override
  public Asking exchange(Datagrams.Question question, Consumer<Datagrams.Ending> done) {
    asked.add(question);
    note("ask");
    Object answer = next();
    pending.add(() -> done.accept(ending(question, answer)));
    return () -> note("cancel");
  }

  private static Datagrams.Ending ending(Datagrams.Question question, Object answer) {
    if (answer instanceof Datagrams.Ending ending) {
      return ending;
    }
    if (answer instanceof Arrival arrival) {
      return question.isAnswer().test(begin(question, arrival.datagram()))
          ? ending(question, arrival.datagram())
          : new Datagrams.Ending(Datagrams.Ending.Kind.SILENT, "late");
    }
    if (answer instanceof byte[] reply) {
      byte[] begin = begin(question, reply);
      return new Datagrams.Ending(Datagrams.Ending.Kind.ANSWERED, "", begin, reply.length);
    }
    return new Datagrams.Ending(Datagrams.Ending.Kind.valueOf((String) answer), "why");
  }

  private static byte[] begin(Datagrams.Question question, byte[] reply) {
    return Arrays.copyOf(reply, Math.min(reply.length, question.mostBytes()));
  }

  @Override
  public Run start(Order order, Consumer<Outcome> done) {
    note("run " + order.command());
    Object answer = next();
    pending.add(() -> done.accept((Outcome) answer));
    return () -> note("cancel");
  }

  private Object next() {
    // the last answer holds for ever
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  @Override
  public void succeeded(String reason) {
    note("succeeded " + reason);
  }

  @Override
  public void failed(String reason) {
    note("failed " + reason);
  }

  @Override
  public void weighs(OptionalLong weight) {
    note("weighs " + (weight.isPresent() ? weight.getAsLong() : "as configured"));
  }

  @Override
  public void adds(long added) {
    note("adds " + added);
  }

  /** Chance that always takes the middle. */
  private static final class HalfWay implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return bound / 2;
    }
  }
}
