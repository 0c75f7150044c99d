package org.jkeepalived.lvs.sync;

import java.util.Optional;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.sync.SyncDaemons.Reading;

/** The kernel's sync daemons as somebody starts and stops them who may block. */
public interface KernelSync {

  /** Starts one. */
  Optional<KernelError> startSync(RunningSync daemon);

  /** Stops one; one that does not run is stopped. */
  Optional<KernelError> stopSync(SyncRole role);

  /** Those that run. */
  Reading readSync();
}
