package org.jkeepalived.host;

import java.nio.file.Path;
import java.util.List;
import org.jkeepalived.host.kernel.JournalNamespace;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.JournalRelease;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.host.lvs.ipvs.MarkRelease;
import org.jkeepalived.host.lvs.ipvs.ServiceRelease;
import org.jkeepalived.linux.SystemCallException;

/**
 * What a run of the daemon that was killed has left in the kernel: removed without any
 * configuration, exactly as the journals under /run name it.
 */
public final class LeftBehind {

  private static final String ELSEWHERE =
      "What was left is in another network namespace, and stays: run this by `ip netns exec NAME`,"
          + " or with -s NAME, as the daemon was";

  private final JournalPath journal;
  private final JournalNamespace namespace;

  /**
   * @param pidFile of the daemon whose journals they are; the caller makes sure that none runs
   */
  public LeftBehind(Path pidFile) {
    this(JournalPath.of(pidFile));
  }

  LeftBehind(JournalPath journal) {
    this.journal = journal;
    namespace = new JournalNamespace(journal);
  }

  /**
   * Removes it, in the network namespace of the calling thread.
   *
   * @param objects addresses and what else virtual routers put there
   * @param services virtual servers
   * @throws SystemCallException the kernel cannot be asked for anything
   */
  public Released release(boolean objects, boolean services) throws SystemCallException {
    boolean any =
        services && (names(journal.tables()) || names(journal.services()))
            || objects && (names(journal.file()) || names(journal.former()));
    if (any && namespace.isAnother()) {
      return new Released(List.of(), List.of(ELSEWHERE));
    }
    // a packet that is marked wants its service
    Released released =
        services && names(journal.tables()) ? MarkRelease.run(journal) : Released.NOTHING;
    if (services && names(journal.services())) {
      released = released.and(ServiceRelease.run(journal));
    }
    boolean anyObjects = objects && (names(journal.file()) || names(journal.former()));
    return anyObjects ? released.and(JournalRelease.run(journal)) : released;
  }

  /** Where nothing is left, nobody will ask in which namespace it was. */
  public void forgetNamespace() {
    if (!names(journal.tables())
        && !names(journal.services())
        && !names(journal.file())
        && !names(journal.former())) {
      namespace.remove();
    }
  }

  /** Where it is looked for. */
  public String text() {
    return journal.file() + " and " + journal.services().getFileName() + " name nothing";
  }

  private static boolean names(Path file) {
    return file.toFile().length() > 0;
  }
}
