package org.jkeepalived.linux.process;

import java.util.Optional;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * How large a terminal is (ioctl_tty(2)).
 *
 * <pre>
 *   struct winsize: rows (2), columns (2), pixels (4)
 * </pre>
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record TerminalSize(int rows, int columns) {

  // asm-generic/ioctls.h
  private static final int TIOCGWINSZ = 0x5413;
  private static final int STANDARD_OUTPUT = 1;
  private static final int SIZE = 8;
  private static final int COLUMNS_AT = 2;

  /** That of standard output as it is now; empty where it is no terminal, or does not know. */
  public static Optional<TerminalSize> ofStandardOutput() {
    return of(STANDARD_OUTPUT);
  }

  static Optional<TerminalSize> of(int descriptor) {
    NativeMemory buffer = NativeMemory.allocate(SIZE);
    int result = buffer.lend(at -> NativeFunction.ofLibc("ioctl").call(descriptor, TIOCGWINSZ, at));
    int rows = Short.toUnsignedInt(buffer.bytes().getShort(0));
    int columns = Short.toUnsignedInt(buffer.bytes().getShort(COLUMNS_AT));
    return result == 0 && rows > 0 && columns > 0
        ? Optional.of(new TerminalSize(rows, columns))
        : Optional.empty();
  }
}
