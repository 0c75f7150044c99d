package org.jkeepalived.kernel;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of a {@link KernelRequest}.
 *
 * @param error what the kernel said, unless it is {@link Outcome#DONE}
 */
public record KernelResult(KernelRequest request, Outcome outcome, Optional<KernelError> error) {

  /** What became of it. */
  public enum Outcome {
    /** It was carried out. */
    DONE,
    /** To add: the object is there already; its properties may differ. */
    ALREADY_THERE,
    /** To remove: the object is not there, or not even its link. */
    NOT_THERE,
    /** The kernel refused. */
    REFUSED
  }

  public KernelResult {
    Objects.requireNonNull(request);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(error);
  }

  public static KernelResult done(KernelRequest request) {
    return new KernelResult(request, Outcome.DONE, Optional.empty());
  }

  public static KernelResult refused(KernelRequest request, KernelError error) {
    return new KernelResult(request, Outcome.REFUSED, Optional.of(error));
  }

  /** Whether the machine now is as it was asked for. */
  public boolean asWanted() {
    return outcome != Outcome.REFUSED;
  }

  /** {@code cannot add 10.0.0.1/24 to eth0: Invalid argument}; for what is not as wanted. */
  String explanation() {
    return "cannot "
        + request
        + ": "
        + error.map(KernelError::text).orElse("refused by the kernel");
  }
}
