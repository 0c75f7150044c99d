package org.jkeepalived.linux.process;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

  // where things lie in the memory that calls share: two descriptors, or the process's number; then
  // more room than any C library's posix_spawnattr_t and posix_spawn_file_actions_t take
  private static final int ENDS = 0;
  private static final int ATTRIBUTES = 16;
  private static final int ACTIONS = ATTRIBUTES + 1024;
  private static final int SHARED_BYTES = ACTIONS + 512;

  // sigset_t of the C library: signal n at bit n - 1
  private static final int SIGNAL_SET_BYTES = 128;
  private static final long ALL_SIGNALS = -1L;

  private final Optional<NativeFunction> addCloseFrom =
      NativeFunction.ofLibcIfPresent("posix_spawn_file_actions_addclosefrom_np");
  private final NativeMemory shared = NativeMemory.allocate(SHARED_BYTES);
  private final NativeMemory devNull = NativeMemory.ofString("/dev/null");
  private final StringBlock arguments = new StringBlock();
  private final NativeMemory environment;
  private final ChildConditions conditions;

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
    this(environment, ChildConditions.of(OptionalLong.empty()));
  }

  /** The same, whose children have conditions of their own. */
  public ChildSpawner(List<String> environment, ChildConditions conditions) {
    this.conditions = conditions;
    this.environment = new StringBlock().put(environment, StandardCharsets.ISO_8859_1);
    NativeMemory none = NativeMemory.allocate(SIGNAL_SET_BYTES);
    NativeMemory all = NativeMemory.allocate(SIGNAL_SET_BYTES);
    all.bytes().putLong(0, ALL_SIGNALS);
    shared.lend(
        at -> none.lend(blocked -> all.lend(usual -> describe(at + ATTRIBUTES, blocked, usual))));
    // where whoever started us ignored it, the kernel would keep no exit status
    NativeFunction.ofLibc("signal").call(SIGCHLD, SIG_DFL);
  }

  private static int describe(long attributes, long blockedSignals, long defaultSignals) {
    NativeFunction.ofLibc("posix_spawnattr_init").call(attributes);
    NativeFunction.ofLibc("posix_spawnattr_setflags")
        .call(attributes, SETPGROUP | SETSIGDEF | SETSIGMASK);
    NativeFunction.ofLibc("posix_spawnattr_setpgroup").call(attributes, 0);
    NativeFunction.ofLibc("posix_spawnattr_setsigmask").call(attributes, blockedSignals);
    return NativeFunction.ofLibc("posix_spawnattr_setsigdefault").call(attributes, defaultSignals);
  }

  /**
   * Starts a process.
   *
   * @throws SystemCallException if it cannot be executed, or the kernel gives no process or pipe
   */
  public ChildProcess spawn(Launch launch) throws SystemCallException {
    SystemCallException.check("pipe", shared.lend(at -> PIPE2.call(at + ENDS, Libc.O_CLOEXEC)));
    int reader = shared.bytes().getInt(ENDS);
    int writer = shared.bytes().getInt(ENDS + Integer.BYTES);
    int both = -1;
    boolean started = false;
    try {
      FCNTL.call(reader, F_SETFL, Libc.O_NONBLOCK);
      // The child's end reads, too: what a script leaves running in the background may go on
      // writing when nobody listens any more, and is not ended by SIGPIPE.
      // Where /proc does not allow that, the writing end alone has to do.
      both = Libc.open("/proc/self/fd/" + writer, O_RDWR | Libc.O_CLOEXEC);
      if (launch.errorOwner() >= 0) {
        FCHOWN.call(writer, launch.errorOwner(), -1);
      }
      int pid = spawn(launch.arguments(), both >= 0 ? both : writer);
      started = true;
      conditions.apply(pid);
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
    shared.lend(at -> devNull.lend(file -> prepare(at + ACTIONS, file, errorEnd)));
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
      return shared.bytes().getInt(ENDS);
    } finally {
      shared.lend(at -> ACTIONS_DESTROY.call(at + ACTIONS));
    }
  }

  /**
   * @return 0, or the error's number
   */
  private int execute(List<String> words) {
    Charset charset = StandardCharsets.UTF_8;
    NativeMemory program = NativeMemory.ofString(words.get(0));
    NativeMemory all = arguments.put(words, charset);
    return shared.lend(
        at ->
            program.lend(
                path ->
                    all.lend(
                        argv ->
                            environment.lend(
                                envp ->
                                    SPAWN.call(
                                        at + ENDS,
                                        path,
                                        at + ACTIONS,
                                        at + ATTRIBUTES,
                                        argv,
                                        envp)))));
  }

  private int prepare(long actions, long devNullName, int errorEnd) {
    ACTIONS_INIT.call(actions);
    ADD_OPEN.call(actions, 0, devNullName, O_RDWR, 0);
    ADD_OPEN.call(actions, 1, devNullName, O_RDWR, 0);
    int result = ADD_DUP2.call(actions, errorEnd, 2);
    if (addCloseFrom.isPresent()) {
      addCloseFrom.get().call(actions, FIRST_TO_CLOSE);
    } else {
      closeOneByOne(actions);
    }
    return result;
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
