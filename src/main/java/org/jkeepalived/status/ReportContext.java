package org.jkeepalived.status;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.script.CommandFacts;

/**
 * What reports say besides what a snapshot knows.
 *
 * @param zone the one in which times of day are written
 * @param networkNamespace the one the daemon lives in, when it was asked for
 * @param commands what configured commands come to
 */
public record ReportContext(ZoneId zone, Optional<String> networkNamespace, CommandFacts commands) {
  public ReportContext {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(networkNamespace);
    Objects.requireNonNull(commands);
  }
}
