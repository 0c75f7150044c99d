package org.jkeepalived.linux.process;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.NativeFunction;

/**
 * Receives signals by number where the launcher could not block them; otherwise a {@link
 * org.jkeepalived.linux.SignalDescriptor} does.
 *
 * <p>Java's own handlers know no real-time signals, and run on a thread that is made for each
 * signal: at the limit of processes there is none.
 */
public final class Signals {

  private static final Map<Integer, String> CLASSIC =
      Map.of(1, "HUP", 2, "INT", 10, "USR1", 12, "USR2", 15, "TERM");

  private static final long SIG_IGN = 1;
  private static final String BLOCKED = "SigBlk:";

  private Signals() {}

  /**
   * Passes a signal on from now on, in place of what it did: HUP, INT, USR1, USR2 or TERM.
   *
   * @throws IllegalArgumentException if Java cannot receive it
   */
  public static void receive(int number, IntConsumer receiver) {
    String name = CLASSIC.get(number);
    if (name == null) {
      throw new IllegalArgumentException("not a signal that Java can receive: " + number);
    }
    // By reflection: compilers warn of sun.misc.Signal, though jdk.unsupported exports it and there
    // is no other way, and each release of javac has another switch against that, or none.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> handle(self, method, arguments, number, receiver));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException refused) {
      throw new IllegalArgumentException("the Java VM keeps " + name + " for itself", refused);
    }
  }

  /**
   * Those signals of a set that are not blocked in the calling thread, where the launcher could not
   * block them (coreutils before 8.31); the others wait for whoever reads a signalfd(2).
   */
  public static List<Integer> unblocked(List<Integer> numbers) {
    long blocked = blockedMask();
    return numbers.stream().filter(number -> (blocked >>> (number - 1) & 1) == 0).toList();
  }

  /** Ignores a signal, so that it does not end the process. */
  public static void ignore(int number) {
    NativeFunction.ofLibc("signal").call(number, SIG_IGN);
  }

  /**
   * This thread's mask, as all threads of the Java VM have it: proc(5), SigBlk. The process's first
   * thread, which is none of them, may block what the others do not.
   */
  private static long blockedMask() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
        if (line.startsWith(BLOCKED)) {
          return Long.parseUnsignedLong(line.substring(BLOCKED.length()).strip(), 16);
        }
      }
      return 0;
    } catch (IOException unknown) {
      return 0;
    }
  }

  private static Object handle(
      Object self, Method method, Object[] arguments, int number, IntConsumer receiver) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "handler of signal " + number;
      default -> {
        receiver.accept(number);
        yield null; // of a void method
      }
    };
  }
}
