package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;

/** Runs nothing: the test says when a command has ended. */
final class FakeRunner implements CommandRunner {

  static final Outcome SUCCESS = new Outcome(Outcome.Kind.EXITED, 0, "");
  static final Outcome TERMINATED = new Outcome(Outcome.Kind.SIGNALLED, 15, "");

  /** A command that the test has not ended yet, or has. */
  final class Started implements Run {
    final Order order;
    private final Consumer<Outcome> done;
    private boolean toldToEnd;

    private Started(Order order, Consumer<Outcome> done) {
      this.order = order;
      this.done = done;
    }

    @Override
    public void end() {
      toldToEnd = true;
    }

    boolean isToldToEnd() {
      return toldToEnd;
    }

    void ends(Outcome outcome) {
      if (!running.remove(this)) {
        throw new IllegalStateException("it has ended before");
      }
      done.accept(outcome);
    }

    /** The command with all its arguments. */
    @Override
    public String toString() {
      List<String> words = new ArrayList<>(order.command().words());
      words.addAll(order.moreArguments());
      return String.join(" ", words);
    }
  }

  final List<Started> all = new ArrayList<>();
  final List<Started> running = new ArrayList<>();

  @Override
  public Run start(Order order, Consumer<Outcome> done) {
    Started started = new Started(order, done);
    all.add(started);
    running.add(started);
    return started;
  }

  /** Every command that was ever started, in order. */
  List<String> history() {
    return all.stream().map(Started::toString).toList();
  }

  /** The one command that runs. */
  Started only() {
    if (running.size() != 1) {
      throw new AssertionError("not one: " + running);
    }
    return running.get(0);
  }
}
