package org.jkeepalived.loop;

import java.util.Objects;

/**
 * What follows when something throws on an owner's thread. Whatever it is, an exception or an
 * error, it is logged with its stack and counted; then the owner goes on, or the process ends.
 *
 * @param kind what follows
 * @param loss what nobody does once this owner does it no more, and what that means, as a sentence
 *     for the log
 * @param mayHang it waits for what may never answer, such as a disk, so that nobody else has to:
 *     that it does not answer itself says nothing of this process
 */
public record FailureRule(Kind kind, String loss, boolean mayHang) {

  /** How much depends on an owner. */
  public enum Kind {
    /**
     * The first failure ends the process: the state is in doubt, nobody else does the work, and
     * another machine must be able to take over.
     */
    END_PROCESS,
    /**
     * The owner goes on after each failure. After {@link OwnerThread#MOST_IN_A_ROW} in a row, or a
     * {@link CannotGoOnException}, it says what is lost, and ends alone: what others do does not
     * depend on it.
     */
    GO_ON
  }

  public FailureRule {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(loss);
  }

  public static FailureRule endProcess(String loss) {
    return new FailureRule(Kind.END_PROCESS, loss, false);
  }

  public static FailureRule goOn(String loss) {
    return new FailureRule(Kind.GO_ON, loss, false);
  }

  /** The same, for an owner that waits for what may never answer. */
  public static FailureRule goOnOrHang(String loss) {
    return new FailureRule(Kind.GO_ON, loss, true);
  }

  boolean endsProcess() {
    return kind == Kind.END_PROCESS;
  }
}
