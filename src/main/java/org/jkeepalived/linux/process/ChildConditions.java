package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * What a process has that this one starts, and that it is not to inherit: the daemon is spared when
 * memory runs out and may open many files, its scripts are like all others.
 *
 * <p>COMPAT: posix_spawn(3) sets neither. It is done right after the start, while the child is
 * still being loaded.
 */
public final class ChildConditions {

  private static final Path OWN_SCORE = Path.of("/proc/self/oom_score_adj");
  private static final int RLIMIT_NOFILE = 7;

  private final boolean spared;
  private final OptionalLong openFiles;
  private final NativeMemory limits = NativeMemory.allocate(2 * Long.BYTES);
  private final NativeFunction prlimit = NativeFunction.ofLibc("prlimit");

  private ChildConditions(boolean spared, OptionalLong openFiles) {
    this.spared = spared;
    this.openFiles = openFiles;
  }

  /**
   * As this process's own conditions make it necessary.
   *
   * @param openFiles the soft limit that children get; empty to inherit this process's
   */
  public static ChildConditions of(OptionalLong openFiles) {
    return new ChildConditions(isSpared(), openFiles);
  }

  private static boolean isSpared() {
    try {
      return Files.readString(OWN_SCORE).startsWith("-");
    } catch (IOException noProc) {
      return false;
    }
  }

  /** Sets them for a child that was just started; one that has ended already needs none. */
  void apply(int pid) {
    if (spared) {
      try {
        Files.writeString(Path.of("/proc/" + pid + "/oom_score_adj"), "0");
      } catch (IOException gone) {
        return;
      }
    }
    if (openFiles.isPresent()) {
      // the hard limit stays: what is read is written back with another soft one
      boolean read = limits.lend(at -> prlimit.call(pid, RLIMIT_NOFILE, 0, at)) == 0;
      if (read && openFiles.getAsLong() < limits.bytes().getLong(0)) {
        limits.bytes().putLong(0, openFiles.getAsLong());
        limits.lend(at -> prlimit.call(pid, RLIMIT_NOFILE, at, 0));
      }
    }
  }
}
