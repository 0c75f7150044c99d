package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.control.ControlAnswer;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.ControlCommand;
import org.jkeepalived.control.ControlRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that is done on the thread of the daemon's life, in its turn with what signals ask for:
 * that thread alone plans and applies reloads.
 */
final class ErrandCommand implements ControlCommand {

  private static final Logger LOG = LoggerFactory.getLogger(ErrandCommand.class);

  private final String name;
  private final String usage;
  private final LifeSignals signals;
  private final Words words;
  private final Deed deed;

  /** Whether there may be words behind the command. */
  enum Words {
    NONE,
    SOME
  }

  /** What is done. */
  @FunctionalInterface
  interface Deed {
    ControlAnswer done(ControlRequest request) throws InterruptedException;
  }

  ErrandCommand(String name, String usage, LifeSignals signals, Words words, Deed deed) {
    this.words = words;
    this.name = name;
    this.usage = usage;
    this.signals = signals;
    this.deed = deed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return usage;
  }

  @Override
  public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
    if (words == Words.NONE && !request.words().isEmpty()) {
      return CompletableFuture.completedFuture(ControlAnswer.of(Status.NOT_UNDERSTOOD, usage));
    }
    CompletableFuture<ControlAnswer> answer = new CompletableFuture<>();
    signals.asked(
        new LifeSignals.Errand() {
          @Override
          public void run() throws InterruptedException {
            try {
              answer.complete(deed.done(request));
            } catch (RuntimeException | StackOverflowError bug) {
              // what was asked for did not happen; what runs, runs
              LOG.error("internal error on '{}', please report it", name, bug);
              answer.complete(
                  ControlAnswer.of(Status.FAILED, "Internal error, see the log; please report it"));
            }
          }

          @Override
          public void abandon() {
            answer.complete(ControlAnswer.of(Status.FAILED, "Not done: the daemon stops"));
          }
        });
    return answer;
  }
}
