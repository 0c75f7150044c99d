package org.jkeepalived.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Owners of a test: where one would end the process, that is written down. */
public final class TestOwners {

  private final Queue<String> ends = new ConcurrentLinkedQueue<>();
  private final Owners owners = new Owners(new FatalExit(() -> {}, () -> ends.add("ended")));

  /** For tests in which no owner fails. */
  public static Owners make() {
    return new TestOwners().owners;
  }

  public Owners owners() {
    return owners;
  }

  /** Whether the process would have ended. */
  public boolean haveEndedTheProcess() {
    return !ends.isEmpty();
  }
}
