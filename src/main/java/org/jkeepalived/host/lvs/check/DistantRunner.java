package org.jkeepalived.host.lvs.check;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;

/** Runs commands on the scripts' thread for somebody who lives on another one. */
final class DistantRunner implements CommandRunner {

  private final ScriptThread scripts;
  private final Executor home;

  /**
   * @param home the thread that asks, and that outcomes come on
   */
  DistantRunner(ScriptThread scripts, Executor home) {
    this.scripts = scripts;
    this.home = home;
  }

  @Override
  public Run start(Order order, Consumer<Outcome> done) {
    DistantRun run = new DistantRun();
    scripts.execute(() -> run.begin(order, done));
    return run;
  }

  /** One of them; its state is the scripts' thread's. */
  private final class DistantRun implements Run {
    private Optional<Run> run = Optional.empty();

    void begin(Order order, Consumer<Outcome> done) {
      run =
          Optional.of(
              scripts.runner().start(order, outcome -> home.execute(() -> done.accept(outcome))));
    }

    @Override
    public void end() {
      scripts.execute(() -> run.ifPresent(Run::end));
    }
  }
}
