package org.jkeepalived.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Network namespaces, by name as ip-netns(8) makes them; and which processes there are. */
public final class Namespaces {
  private static final NativeFunction SETNS = NativeFunction.ofLibc("setns");

  private static final int CLONE_NEWNET = 0x40000000;
  // the kernel's PROC_PID_INIT_INO
  private static final String FIRST_PROCESSES = "pid:[4026531836]";

  private static final Path DIRECTORY = Path.of("/run/netns");

  /**
   * That of the JVM's first thread, which started with the process and only waits for the others.
   */
  private static final Path OF_PROCESS = Path.of("/proc/self/ns/net");

  private static final Path HERE = Path.of("/proc/thread-self/ns/net");

  /** What is done in a namespace that the thread leaves again. */
  public interface Visit {
    void run() throws SystemCallException;
  }

  private Namespaces() {}

  /**
   * Moves the calling thread, and the threads that it starts from then on, into the namespace: the
   * sockets that they open belong there. Threads that run already stay where they are.
   */
  public static void moveThread(String name) throws SystemCallException {
    moveThread(path(name), "enter network namespace " + name);
  }

  /** The same for a namespace that has a file, such as that of a process in /proc. */
  public static void moveThread(Path file) throws SystemCallException {
    moveThread(file, "enter network namespace " + file);
  }

  private static void moveThread(Path file, String operation) throws SystemCallException {
    int fd = open(file, operation);
    int result = SETNS.call(fd, CLONE_NEWNET);
    Libc.close(fd);
    SystemCallException.check(operation, result);
  }

  /**
   * Runs a step with the calling thread in the namespace, and moves it back: the sockets that the
   * step opens belong there.
   *
   * @throws SystemCallException the kernel does not let it go, or not come back, or what the step
   *     throws
   */
  public static void visit(Path file, Visit step) throws SystemCallException {
    int home = open(HERE, "find the way back from network namespace " + file);
    try {
      moveThread(file);
      try {
        step.run();
      } finally {
        SystemCallException.check(
            "come back from network namespace " + file, SETNS.call(home, CLONE_NEWNET));
      }
    } finally {
      Libc.close(home);
    }
  }

  private static int open(Path file, String operation) throws SystemCallException {
    return SystemCallException.check(operation, Libc.open(file.toString(), Libc.O_CLOEXEC));
  }

  /**
   * Whether this process sees all of the machine's processes, and not those of a container only.
   */
  public static boolean processesAreTheMachines() {
    return identity(Path.of("/proc/self/ns/pid")).map(FIRST_PROCESSES::equals).orElse(true);
  }

  /**
   * A file for each network namespace that some process is in, except the caller's own, the
   * machine's first one before the others. Those that may not be looked at are left out.
   */
  public static List<Path> others() {
    Map<String, Path> found = new LinkedHashMap<>();
    for (int process : processes()) {
      Path file = Path.of("/proc", Integer.toString(process), "ns", "net");
      identity(file).ifPresent(identity -> found.putIfAbsent(identity, file));
    }
    identity(HERE).ifPresent(found::remove);
    return List.copyOf(found.values());
  }

  private static int[] processes() {
    String[] names = new File("/proc").list((directory, name) -> name.matches("\\d{1,9}"));
    return names == null
        ? new int[0]
        : Arrays.stream(names).mapToInt(Integer::parseInt).sorted().toArray();
  }

  private static Optional<String> identity(Path file) {
    try {
      return Optional.of(Files.readSymbolicLink(file).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The file of a namespace, for {@link #visit}. */
  public static Path path(String name) {
    return DIRECTORY.resolve(name);
  }

  /** The file of the namespace that this process was started in, wherever its threads are now. */
  public static Path ofProcess() {
    return OF_PROCESS;
  }
}
