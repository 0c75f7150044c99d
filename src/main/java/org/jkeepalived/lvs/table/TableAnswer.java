package org.jkeepalived.lvs.table;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.kernel.KernelError;

/**
 * What the kernel said to a change.
 *
 * @param outcome what became of it
 * @param error what the kernel said, unless it is {@link Outcome#DONE}
 */
public record TableAnswer(TableChange change, Outcome outcome, Optional<KernelError> error) {

  /** What became of a change. */
  public enum Outcome {
    DONE,
    /** To add: it is there already; its settings may differ. */
    ALREADY_THERE,
    /** To edit or remove: it is not there. Of a real server also: its service is not. */
    NOT_THERE,
    REFUSED
  }

  public TableAnswer {
    Objects.requireNonNull(change);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(error);
  }
}
