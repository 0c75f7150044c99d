package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;

/**
 * {@code vrrp_track_process}: how many processes of some name run.
 *
 * @param name the block's name
 * @param match which processes count
 * @param weight what the lines that track it say unless they name one
 * @param quorum how many must run, at least 0
 * @param quorumMax how many may run; {@link Integer#MAX_VALUE} for any number
 * @param forkDelayNanos how long the quorum must have been there until all is well
 * @param terminateDelayNanos how long it must have been missing until nothing is
 */
public record ProcessTracker(
    String name,
    Match match,
    Weight weight,
    int quorum,
    int quorumMax,
    long forkDelayNanos,
    long terminateDelayNanos)
    implements Tracker {
  public ProcessTracker {
    Objects.requireNonNull(name);
    Objects.requireNonNull(match);
    Objects.requireNonNull(weight);
  }

  @Override
  public TrackTarget target() {
    return TrackTarget.process(name);
  }

  /**
   * Which processes count.
   *
   * @param process the process's name or path
   * @param parameters its parameters
   * @param parameterMatch how many of them must be there
   * @param fullCommand the command line is compared and not the process's name
   */
  public record Match(
      String process, List<String> parameters, ParameterMatch parameterMatch, boolean fullCommand) {
    public Match {
      Objects.requireNonNull(process);
      parameters = List.copyOf(parameters);
      Objects.requireNonNull(parameterMatch);
    }
  }

  /** {@code param_match}. */
  public enum ParameterMatch {
    /** Not given: the parameters must be the same, if any are given. */
    NONE,
    /** Given without a word: there must be exactly these, none perhaps. */
    EXACT,
    /** {@code partial}: the first ones are the same. */
    PARTIAL,
    /** {@code initial}: like partial, and the last one may go on. */
    INITIAL
  }
}
