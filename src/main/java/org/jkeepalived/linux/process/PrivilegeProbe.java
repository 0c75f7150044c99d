package org.jkeepalived.linux.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ChildSpawner.Launch;
import org.jkeepalived.linux.process.PrivilegeWrapper.Ability;
import org.jkeepalived.script.Credentials;

/** Finds out, by trying, what the setpriv of this machine can do. It waits for it. */
public final class PrivilegeProbe {

  private static final List<String> DIRECTORIES =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final long PAUSE_NANOS = 500_000L;

  private final ChildSpawner spawner;

  public PrivilegeProbe(ChildSpawner spawner) {
    this.spawner = spawner;
  }

  /**
   * @param own the account that this process runs as
   */
  public PrivilegeWrapper find(Credentials own) {
    Optional<String> program =
        DIRECTORIES.stream()
            .map(directory -> directory + "/setpriv")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst();
    if (program.isEmpty()) {
      return new PrivilegeWrapper(Ability.NONE, "", own);
    }
    String path = program.get();
    Ability ability = Ability.NONE;
    if (succeeds(path, List.of("--pdeathsig", "TERM"))) {
      ability = Ability.WHOLE;
    } else if (succeeds(path, List.of("--clear-groups", "--regid", "0"))) {
      ability = Ability.ACCOUNT;
    }
    return new PrivilegeWrapper(ability, path, own);
  }

  /** Whether setpriv knows these options: it becomes itself, with none that can fail. */
  private boolean succeeds(String setpriv, List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(setpriv);
    words.addAll(options);
    words.addAll(List.of("--", setpriv, "--version"));
    try {
      ChildProcess child = spawner.spawn(new Launch(words, -1));
      long endNanos = MonotonicClock.nowNanos() + PATIENCE_NANOS;
      while (!child.hasExited() && endNanos - MonotonicClock.nowNanos() > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      child.kill();
      child.closeError();
      return child.reap() == 0;
    } catch (SystemCallException e) {
      return false;
    }
  }
}
