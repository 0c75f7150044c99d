package org.jkeepalived.linux.netlink.route;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.linux.SystemError;

/**
 * What became of an {@link AddressRequest}.
 *
 * @param error what the kernel said, unless it is {@link Outcome#DONE}
 */
public record AddressResult(AddressRequest request, Outcome outcome, Optional<SystemError> error) {

  /** What became of it. */
  public enum Outcome {
    /** It was carried out. */
    DONE,
    /** To add: the link has this address already; its properties may differ. */
    ALREADY_THERE,
    /** To remove: the link does not have this address, or does not exist. */
    NOT_THERE,
    /** The kernel refused. */
    REFUSED
  }

  public AddressResult {
    Objects.requireNonNull(request);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(error);
  }

  /** Whether the machine now is as it was asked for. */
  public boolean asWanted() {
    return outcome != Outcome.REFUSED;
  }
}
