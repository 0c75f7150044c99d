package org.jkeepalived.lvs.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What keepalived logs of a failure, and below it a line of ours with the reason.
 *
 * @param name keepalived's name of the kind in such lines: {@code TCP_CHECK}, {@code HTTP_CHECK}
 * @param retries how often a failure is tried again before it counts
 * @param countsAtFirst COMPAT: whether the retries are told even where there were none
 */
record FailureWords(String name, CheckedServer server, long retries, boolean countsAtFirst) {

  /**
   * The words.
   *
   * @param each keepalived's line for each failure
   * @param reason why it has failed
   */
  Answer.Words of(String each, String reason) {
    return (stage, all) -> {
      List<String> lines = new ArrayList<>();
      if (all) {
        lines.add(each);
      }
      if (stage != Answer.Stage.RETRIED) {
        lines.add(last(stage));
      }
      if (!lines.isEmpty()) {
        lines.add(reasonLine(reason));
      }
      return lines;
    };
  }

  private String last(Answer.Stage stage) {
    boolean counts = retries > 0 && (countsAtFirst || stage == Answer.Stage.LAST);
    return name
        + " on service "
        + server.server()
        + " failed"
        + (counts ? " after " + retries + " retries." : ".");
  }

  /** {@code TCP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: connection refused}. */
  String reasonLine(String reason) {
    return name + " " + server.server() + " of " + server.service() + ": " + reason;
  }
}
