package org.jkeepalived.host;

import java.nio.file.Path;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.JournalRelease;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.host.lvs.ipvs.ServiceRelease;
import org.jkeepalived.linux.SystemCallException;

/**
 * What a run of the daemon that was killed has left in the kernel: removed without any
 * configuration, exactly as the journals under /run name it.
 */
public final class LeftBehind {

  private final JournalPath journal;

  /**
   * @param pidFile of the daemon whose journals they are; the caller makes sure that none runs
   */
  public LeftBehind(Path pidFile) {
    this(JournalPath.of(pidFile));
  }

  LeftBehind(JournalPath journal) {
    this.journal = journal;
  }

  /**
   * Removes it, in the network namespace of the calling thread.
   *
   * @param objects addresses and what else virtual routers put there
   * @param services virtual servers
   * @throws SystemCallException the kernel cannot be asked for anything
   */
  public Released release(boolean objects, boolean services) throws SystemCallException {
    boolean anyObjects = objects && (exists(journal.file()) || exists(journal.former()));
    Released released = anyObjects ? JournalRelease.run(journal) : Released.NOTHING;
    return services && exists(journal.services())
        ? released.and(ServiceRelease.run(journal))
        : released;
  }

  private static boolean exists(Path file) {
    return file.toFile().exists();
  }
}
