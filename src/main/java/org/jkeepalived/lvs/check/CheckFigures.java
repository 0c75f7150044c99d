package org.jkeepalived.lvs.check;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a check's runs: counted on the thread that the check lives on, looked at from any.
 *
 * <p>It keeps no object of a run: thousands that live for a second each would fill the part of the
 * heap whose collection stops all threads for tens of milliseconds.
 */
final class CheckFigures {

  private final String kind;
  private long runs;
  private long failures;
  private boolean succeeded;
  private String reason = "";
  private long endedNanos;
  private long tookNanos;

  /**
   * @param kind keepalived's name for the check
   */
  CheckFigures(String kind) {
    this.kind = kind;
  }

  /** A run has succeeded. */
  synchronized void succeeded(long endedNanos, long tookNanos) {
    ended(true, "", endedNanos, tookNanos);
  }

  /** A run has failed. */
  synchronized void failed(String reason, long endedNanos, long tookNanos) {
    failures++;
    ended(false, reason, endedNanos, tookNanos);
  }

  private void ended(boolean well, String why, long ended, long took) {
    runs++;
    succeeded = well;
    reason = why;
    endedNanos = ended;
    tookNanos = took;
  }

  /**
   * As it is now.
   *
   * @param up whether the check is up
   * @param number what the file says that it goes by
   * @param sharers how many real servers have the check together
   */
  synchronized CheckLook look(boolean up, OptionalLong number, int sharers) {
    Optional<CheckLook.Run> last =
        runs == 0
            ? Optional.empty()
            : Optional.of(new CheckLook.Run(succeeded, reason, endedNanos, tookNanos));
    return new CheckLook(kind, up, runs, failures, last, number, sharers);
  }
}
