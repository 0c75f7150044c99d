package org.jkeepalived.status;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the daemon as a whole does, since it was started.
 *
 * @param deliveries of what happened to those who are told
 * @param reloads of the configuration
 * @param usage what it takes of the machine
 */
public record DaemonFigures(Deliveries deliveries, Reloads reloads, Usage usage) {
  /** Nothing has happened, and nothing is known. */
  public static final DaemonFigures NONE =
      new DaemonFigures(
          new Deliveries(0, 0, 0, 0),
          new Reloads(0, 0),
          new Usage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));

  public DaemonFigures {
    Objects.requireNonNull(deliveries);
    Objects.requireNonNull(reloads);
    Objects.requireNonNull(usage);
  }

  /**
   * What was told of what happened.
   *
   * @param mails those that the mail server took
   * @param mailsLost those that were given up
   * @param fifoLines those that were written to FIFOs
   * @param fifoLinesLost those that nobody read in time
   */
  public record Deliveries(long mails, long mailsLost, long fifoLines, long fifoLinesLost) {}

  /**
   * Reloads.
   *
   * @param done those that were carried out
   * @param refused those that could not be
   * @param last that of the last one; empty where one was carried out since
   * @param mistakes how many there are in the configuration that is in force
   */
  public record Reloads(long done, long refused, Optional<Refusal> last, int mistakes) {
    public Reloads {
      Objects.requireNonNull(last);
    }

    /** The last one was carried out, or there was none; nothing is wrong. */
    public Reloads(long done, long refused) {
      this(done, refused, Optional.empty(), 0);
    }
  }

  /**
   * A reload was refused.
   *
   * @param at when
   * @param reason the first of what was wrong, in a line
   */
  public record Refusal(Instant at, String reason) {
    public Refusal {
      Objects.requireNonNull(at);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * What it takes of the machine. What the kernel does not say is empty.
   *
   * @param residentBytes memory
   * @param processorNanos processors' time
   * @param startedSeconds when the process was started, since 1970
   */
  public record Usage(
      OptionalLong residentBytes, OptionalLong processorNanos, OptionalLong startedSeconds) {
    public Usage {
      Objects.requireNonNull(residentBytes);
      Objects.requireNonNull(processorNanos);
      Objects.requireNonNull(startedSeconds);
    }
  }
}
