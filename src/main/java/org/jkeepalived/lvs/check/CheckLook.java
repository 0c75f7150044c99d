package org.jkeepalived.lvs.check;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a check goes, for whoever looks.
 *
 * @param kind keepalived's name for it, such as {@code TCP_CHECK}
 * @param up whether it is up
 * @param runs how often it has run, with an answer
 * @param failures how often it has failed, retries included
 * @param last the last run; empty before the first one has ended
 * @param number what the file says that it goes by; empty where there is none, or it was not read
 * @param sharers how many real servers have this check together, itself included
 */
public record CheckLook(
    String kind,
    boolean up,
    long runs,
    long failures,
    Optional<Run> last,
    OptionalLong number,
    int sharers) {
  public CheckLook {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(last);
    Objects.requireNonNull(number);
  }

  /**
   * One run.
   *
   * @param succeeded whether it has
   * @param reason why not, in a line: {@code HTTP status 503, wanted 200}; empty for a success
   * @param endedNanos when it ended, by the loop's clock
   * @param tookNanos how long it took
   */
  public record Run(boolean succeeded, String reason, long endedNanos, long tookNanos) {
    public Run {
      Objects.requireNonNull(reason);
    }
  }
}
