package org.jkeepalived.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Network namespaces by name, as ip-netns(8) makes them. */
public final class Namespaces {
  private static final NativeFunction OPEN = NativeFunction.ofLibc("open");
  private static final NativeFunction SETNS = NativeFunction.ofLibc("setns");
  private static final NativeFunction EXECV = NativeFunction.ofLibc("execv");

  private static final int CLONE_NEWNET = 0x40000000;
  private static final Path DIRECTORY = Path.of("/run/netns");

  private Namespaces() {}

  /** Whether the process runs in the namespace. */
  public static boolean isInside(String name) {
    try {
      return Files.getAttribute(Path.of("/proc/self/ns/net"), "unix:ino")
          .equals(Files.getAttribute(path(name), "unix:ino"));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Moves the calling thread, and nothing else, into the namespace. Sockets that it opens from then
   * on belong there.
   */
  public static void moveThread(String name) throws SystemCallException {
    String operation = "enter network namespace " + name;
    NativeMemory path = NativeMemory.ofString(path(name).toString());
    int fd = SystemCallException.check(operation, OPEN.call(path.address(), Libc.O_CLOEXEC));
    int result = SETNS.call(fd, CLONE_NEWNET);
    Libc.close(fd);
    SystemCallException.check(operation, result);
  }

  /**
   * Moves the whole process: it begins anew in the namespace, with the same command line. Returns
   * at once where the process is in it already; else does not return unless it fails. To be called
   * before anything was opened or started.
   */
  public static void enter(String name) throws SystemCallException, IOException {
    if (isInside(name)) {
      return;
    }
    moveThread(name);
    byte[] commandLine = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    List<NativeMemory> arguments = new ArrayList<>();
    for (String argument : new String(commandLine, StandardCharsets.UTF_8).split("\0", -1)) {
      arguments.add(NativeMemory.ofString(argument));
    }
    // the last argument has its zero too, so that an empty text follows it
    arguments.remove(arguments.size() - 1);
    NativeMemory pointers = NativeMemory.allocate((arguments.size() + 1) * Long.BYTES);
    for (int i = 0; i < arguments.size(); i++) {
      pointers.bytes().putLong(i * Long.BYTES, arguments.get(i).address());
    }
    NativeMemory program = NativeMemory.ofString("/proc/self/exe");
    int result = EXECV.call(program.address(), pointers.address());
    SystemCallException.check("start anew in network namespace " + name, result);
  }

  private static Path path(String name) {
    return DIRECTORY.resolve(name);
  }
}
