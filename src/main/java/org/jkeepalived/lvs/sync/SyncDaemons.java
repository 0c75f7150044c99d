package org.jkeepalived.lvs.sync;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;

/**
 * The kernel's sync daemons as somebody starts and stops them who may not block. What is asked for
 * is done in its order, and each answer comes later, on the asking thread, in the same order. An
 * error with number 0 says that there is no IPVS.
 */
public interface SyncDaemons {

  /** Starts one. */
  void start(RunningSync daemon, Consumer<Optional<KernelError>> done);

  /** Stops one; one that does not run is stopped. */
  void stop(SyncRole role, Consumer<Optional<KernelError>> done);

  /** Tells those that run, whoever has started them. */
  void read(Consumer<Reading> done);

  /**
   * Those that run.
   *
   * @param running none where they could not be read
   * @param error why they could not be read
   */
  record Reading(List<RunningSync> running, Optional<KernelError> error) {
    public Reading {
      running = List.copyOf(running);
      Objects.requireNonNull(error);
    }
  }
}
