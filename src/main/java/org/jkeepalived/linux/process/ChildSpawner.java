package org.jkeepalived.linux.process;

import java.io.File;
import java.lang.ref.Reference;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;

/**
 * Starts processes by posix_spawn(3): each with no signal blocked or ignored, in a process group of
 * its own, with standard input and output on /dev/null, standard error in a pipe, and no other
 * descriptor.
 *
 * <p>{@link ProcessBuilder} cannot: its children inherit the signals that the launcher blocks and
 * stay in the daemon's group, and each costs a thread.
 *
 * <p>One thread owns a spawner: a parent-death signal comes when the thread ends that started the
 * process.
 */
public final class ChildSpawner {

  private static final NativeFunction SPAWN = NativeFunction.ofLibc("posix_spawn");
  private static final NativeFunction ACTIONS_INIT =
      NativeFunction.ofLibc("posix_spawn_file_actions_init");
  private static final NativeFunction ACTIONS_DESTROY =
      NativeFunction.ofLibc("posix_spawn_file_actions_destroy");
  private static final NativeFunction ADD_OPEN =
      NativeFunction.ofLibc("posix_spawn_file_actions_addopen");
  private static final NativeFunction ADD_DUP2 =
      NativeFunction.ofLibc("posix_spawn_file_actions_adddup2");
  private static final NativeFunction ADD_CLOSE =
      NativeFunction.ofLibc("posix_spawn_file_actions_addclose");
  private static final NativeFunction PIPE2 = NativeFunction.ofLibc("pipe2");
  private static final NativeFunction OPEN = NativeFunction.ofLibc("open");
  private static final NativeFunction FCNTL = NativeFunction.ofLibc("fcntl");
  private static final NativeFunction FCHOWN = NativeFunction.ofLibc("fchown");
  private static final NativeFunction SYSCALL = NativeFunction.ofLibc("syscall");

  // the same number on all machines
  private static final int SYS_PIDFD_OPEN = 434;

  private static final int F_SETFL = 4;
  private static final int O_RDWR = 2;
  private static final int FIRST_TO_CLOSE = 3;

  private static final short SETPGROUP = 0x02;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;

  private static final int SIGCHLD = 17;
  private static final int SIG_DFL = 0;

  // more than any C library's posix_spawnattr_t and posix_spawn_file_actions_t
  private static final int ATTRIBUTES_BYTES = 1024;
  private static final int ACTIONS_BYTES = 512;

  // sigset_t of the C library: signal n at bit n - 1
  private static final int SIGNAL_SET_BYTES = 128;
  private static final long ALL_SIGNALS = -1L;

  private final Optional<NativeFunction> addCloseFrom =
      NativeFunction.ofLibcIfPresent("posix_spawn_file_actions_addclosefrom_np");
  private final NativeMemory attributes = NativeMemory.allocate(ATTRIBUTES_BYTES);
  private final NativeMemory actions = NativeMemory.allocate(ACTIONS_BYTES);
  private final NativeMemory devNull = NativeMemory.ofString("/dev/null");
  private final NativeMemory ends = NativeMemory.allocate(2 * Integer.BYTES);
  private final StringBlock arguments = new StringBlock();
  private final StringBlock environment = new StringBlock();
  private final long environmentAddress;

  /**
   * What to start.
   *
   * @param arguments the program's absolute path, and its arguments
   * @param errorOwner who may open {@code /dev/stderr} again; -1 for this process's user
   */
  public record Launch(List<String> arguments, int errorOwner) {
    public Launch {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * @param environment {@code NAME=value} with a byte a character, as ISO 8859-1 reads them
   */
  public ChildSpawner(List<String> environment) {
    environmentAddress = this.environment.put(environment, StandardCharsets.ISO_8859_1);
    NativeMemory signals = NativeMemory.allocate(SIGNAL_SET_BYTES);
    long at = attributes.address();
    NativeFunction.ofLibc("posix_spawnattr_init").call(at);
    NativeFunction.ofLibc("posix_spawnattr_setflags").call(at, SETPGROUP | SETSIGDEF | SETSIGMASK);
    NativeFunction.ofLibc("posix_spawnattr_setpgroup").call(at, 0);
    NativeFunction.ofLibc("posix_spawnattr_setsigmask").call(at, signals.address());
    signals.bytes().putLong(0, ALL_SIGNALS);
    NativeFunction.ofLibc("posix_spawnattr_setsigdefault").call(at, signals.address());
    Reference.reachabilityFence(signals);
    // where whoever started us ignored it, the kernel would keep no exit status
    NativeFunction.ofLibc("signal").call(SIGCHLD, SIG_DFL);
  }

  /**
   * Starts a process.
   *
   * @throws SystemCallException if it cannot be executed, or the kernel gives no process or pipe
   */
  public ChildProcess spawn(Launch launch) throws SystemCallException {
    SystemCallException.check("pipe", PIPE2.call(ends.address(), Libc.O_CLOEXEC));
    int reader = ends.bytes().getInt(0);
    int writer = ends.bytes().getInt(Integer.BYTES);
    int both = -1;
    boolean started = false;
    try {
      FCNTL.call(reader, F_SETFL, Libc.O_NONBLOCK);
      // The child's end reads, too: what a script leaves running in the background may go on
      // writing when nobody listens any more, and is not ended by SIGPIPE.
      // Where /proc does not allow that, the writing end alone has to do.
      NativeMemory name = NativeMemory.ofString("/proc/self/fd/" + writer);
      both = OPEN.call(name.address(), O_RDWR | Libc.O_CLOEXEC);
      Reference.reachabilityFence(name);
      if (launch.errorOwner() >= 0) {
        FCHOWN.call(writer, launch.errorOwner(), -1);
      }
      int pid = spawn(launch.arguments(), both >= 0 ? both : writer);
      started = true;
      int pidDescriptor = SYSCALL.call(SYS_PIDFD_OPEN, pid, 0);
      return new ChildProcess(pid, Math.max(pidDescriptor, -1), reader);
    } finally {
      Libc.close(writer);
      if (both >= 0) {
        Libc.close(both);
      }
      if (!started) {
        Libc.close(reader);
      }
    }
  }

  private int spawn(List<String> words, int errorEnd) throws SystemCallException {
    prepare(errorEnd);
    try {
      int result = execute(words);
      if (result == Errno.ENOEXEC) {
        // no "#!", so it is for the shell: as execvp(3) and every shell have it
        List<String> shell = new ArrayList<>(List.of("/bin/sh"));
        shell.addAll(words);
        result = execute(shell);
      }
      if (result != 0) {
        throw new SystemCallException(SystemError.of("execute " + words.get(0), result));
      }
      return ends.bytes().getInt(0);
    } finally {
      ACTIONS_DESTROY.call(actions.address());
    }
  }

  /**
   * @return 0, or the error's number
   */
  private int execute(List<String> words) {
    Charset charset = StandardCharsets.UTF_8;
    NativeMemory program = NativeMemory.ofString(words.get(0));
    int result =
        SPAWN.call(
            ends.address(),
            program.address(),
            actions.address(),
            attributes.address(),
            arguments.put(words, charset),
            environmentAddress);
    Reference.reachabilityFence(program);
    return result;
  }

  private void prepare(int errorEnd) {
    long at = actions.address();
    ACTIONS_INIT.call(at);
    ADD_OPEN.call(at, 0, devNull.address(), O_RDWR, 0);
    ADD_OPEN.call(at, 1, devNull.address(), O_RDWR, 0);
    ADD_DUP2.call(at, errorEnd, 2);
    if (addCloseFrom.isPresent()) {
      addCloseFrom.get().call(at, FIRST_TO_CLOSE);
    } else {
      closeOneByOne(at);
    }
  }

  /** glibc before 2.34; Java opens files and sockets that survive an exec. */
  private static void closeOneByOne(long actionsAddress) {
    String[] open = new File("/proc/self/fd").list();
    if (open == null) {
      return;
    }
    for (String name : open) {
      int descriptor = Integer.parseInt(name);
      if (descriptor >= FIRST_TO_CLOSE) {
        ADD_CLOSE.call(actionsAddress, descriptor);
      }
    }
  }
}
