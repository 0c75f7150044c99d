package org.jkeepalived.host;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.linux.process.ProcessMemory;
import org.jkeepalived.linux.process.ThreadName;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Processes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel treat the process, all threads together, as the configuration says. What is
 * refused is said, and everything else is done.
 *
 * <p>One thread calls it.
 */
public final class ProcessConduct {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessConduct.class);

  private final OptionalInt givenUmask;
  private final String startedAs;
  private Optional<String> name = Optional.empty();
  private boolean locked;

  /**
   * @param givenUmask {@code -u}: counts, whatever a configuration says
   */
  public ProcessConduct(OptionalInt givenUmask) {
    this.givenUmask = givenUmask;
    startedAs = ThreadName.ofProcess();
  }

  /** Has it be so now. */
  public void become(Configuration configuration) {
    Processes wanted = configuration.globals().processes();
    OwnProcess.umask(givenUmask.orElse(wanted.umask()));
    name(wanted.name());
    lock(
        Stream.of(
                keyword(
                    "vrrp_no_swap", wanted.vrrp().locked() && !configuration.instances().isEmpty()),
                keyword(
                    "checker_no_swap",
                    wanted.checker().locked() && !configuration.director().servers().isEmpty()))
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<String> keyword(String name, boolean counts) {
    return counts ? Optional.of(name) : Optional.empty();
  }

  private void name(Optional<String> wanted) {
    if (wanted.equals(name)) {
      return;
    }
    name = wanted;
    try {
      ThreadName.setOfProcess(wanted.orElse(startedAs));
    } catch (IOException e) {
      LOG.warn("process_name does not work: {}", e.getMessage());
    }
  }

  private void lock(List<String> keywords) {
    if (keywords.isEmpty() != locked) {
      return;
    }
    try {
      if (locked) {
        ProcessMemory.unlock();
      } else {
        ProcessMemory.lock();
      }
    } catch (SystemCallException e) {
      // COMPAT: the beginning of this line is keepalived's
      LOG.warn(
          "Unable to lock process in memory - {}: {}{}",
          keywords.stream().collect(Collectors.joining(", ")),
          e.error(),
          e.error().errno() == Errno.ENOMEM || e.error().errno() == Errno.EPERM
              ? ": it needs CAP_IPC_LOCK"
              : "");
    }
    locked = !locked;
  }
}
