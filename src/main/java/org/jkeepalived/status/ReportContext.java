package org.jkeepalived.status;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;

/**
 * What reports say besides what a snapshot knows.
 *
 * @param clock tells the times of day
 * @param networkNamespace the one the daemon lives in, when it was asked for
 * @param commands what configured commands come to
 */
public record ReportContext(
    LocalClock clock, Optional<String> networkNamespace, CommandFacts commands) {
  public ReportContext {
    Objects.requireNonNull(clock);
    Objects.requireNonNull(networkNamespace);
    Objects.requireNonNull(commands);
  }
}
