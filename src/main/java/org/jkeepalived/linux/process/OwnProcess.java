package org.jkeepalived.linux.process;

import java.util.OptionalLong;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** What the process changes about itself. */
public final class OwnProcess {

  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NOFILE = 7;
  private static final long RLIM_INFINITY = -1L;
  private static final int O_RDWR = 2;
  private static final int STANDARD_STREAMS = 3;

  private OwnProcess() {}

  /** Its number, as the kernel tells it; Java's own way to it makes a pool of threads first. */
  public static long id() {
    return NativeFunction.ofLibc("getpid").call();
  }

  /**
   * Sets the mask of permissions that new files do not get.
   *
   * @param mask from 0 to 0777
   * @return the mask until now
   */
  public static int umask(int mask) {
    return NativeFunction.ofLibc("umask").call(mask);
  }

  /**
   * Raises the soft limit on open files to the hard one, as the JVM would do by itself.
   *
   * @return the soft limit until now, which is what programs expect; empty if nothing has changed
   */
  public static OptionalLong raiseOpenFiles() {
    NativeMemory limits = NativeMemory.allocate(2 * Long.BYTES);
    if (limits.lend(at -> NativeFunction.ofLibc("getrlimit").call(RLIMIT_NOFILE, at)) != 0) {
      return OptionalLong.empty();
    }
    long soft = limits.bytes().getLong(0);
    limits.bytes().putLong(0, limits.bytes().getLong(Long.BYTES));
    boolean raised =
        soft != limits.bytes().getLong(0)
            && limits.lend(at -> NativeFunction.ofLibc("setrlimit").call(RLIMIT_NOFILE, at)) == 0;
    return raised ? OptionalLong.of(soft) : OptionalLong.empty();
  }

  /** Lifts the limit on core files, soft and hard. */
  public static void allowCoreDumps() throws SystemCallException {
    NativeMemory limits = NativeMemory.allocate(2 * Long.BYTES);
    limits.bytes().putLong(0, RLIM_INFINITY).putLong(Long.BYTES, RLIM_INFINITY);
    NativeFunction setrlimit = NativeFunction.ofLibc("setrlimit");
    SystemCallException.check("setrlimit", limits.lend(at -> setrlimit.call(RLIMIT_CORE, at)));
  }

  /**
   * Leaves the terminal, the session and the directory that the process was started from: a
   * background process for good. Standard streams lead nowhere from then on.
   */
  static void detach() throws SystemCallException {
    // it fails where the launcher was made a session's leader already, which is as good
    NativeFunction.ofLibc("setsid").call();
    NativeFunction chdir = NativeFunction.ofLibc("chdir");
    SystemCallException.check("chdir", NativeMemory.ofString("/").lend(chdir::call));
    redirectStreams("/dev/null");
  }

  private static void redirectStreams(String device) throws SystemCallException {
    int descriptor =
        SystemCallException.check("open " + device, Libc.open(device, O_RDWR | Libc.O_CLOEXEC));
    NativeFunction dup2 = NativeFunction.ofLibc("dup2");
    for (int stream = 0; stream < STANDARD_STREAMS; stream++) {
      SystemCallException.check("dup2", dup2.call(descriptor, stream));
    }
    if (descriptor >= STANDARD_STREAMS) {
      Libc.close(descriptor);
    }
  }
}
