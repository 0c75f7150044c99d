package org.jkeepalived.linux;

import java.nio.file.Path;

/** Network namespaces by name, as ip-netns(8) makes them. */
public final class Namespaces {
  private static final NativeFunction OPEN = NativeFunction.ofLibc("open");
  private static final NativeFunction SETNS = NativeFunction.ofLibc("setns");

  private static final int CLONE_NEWNET = 0x40000000;
  private static final Path DIRECTORY = Path.of("/run/netns");

  private Namespaces() {}

  /**
   * Moves the calling thread, and the threads that it starts from then on, into the namespace: the
   * sockets that they open belong there. Threads that run already stay where they are.
   */
  public static void moveThread(String name) throws SystemCallException {
    String operation = "enter network namespace " + name;
    NativeMemory path = NativeMemory.ofString(path(name).toString());
    int fd = SystemCallException.check(operation, OPEN.call(path.address(), Libc.O_CLOEXEC));
    int result = SETNS.call(fd, CLONE_NEWNET);
    Libc.close(fd);
    SystemCallException.check(operation, result);
  }

  private static Path path(String name) {
    return DIRECTORY.resolve(name);
  }
}
