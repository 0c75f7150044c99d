package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {

  private static final int O_RDWR = 2;
  private static final int TIOCSWINSZ = 0x5414;

  @Test
  void aTerminalKnowsHowLargeItIs() {
    int terminal = Libc.open("/dev/ptmx", O_RDWR | Libc.O_CLOEXEC);
    try {
      assertEquals(Optional.empty(), TerminalSize.of(terminal), "nobody has said");
      NativeMemory size = NativeMemory.allocate(8);
      size.bytes().putShort(0, (short) 24).putShort(2, (short) 40_000);
      int set = size.lend(at -> NativeFunction.ofLibc("ioctl").call(terminal, TIOCSWINSZ, at));
      assertEquals(0, set);
      assertEquals(Optional.of(new TerminalSize(24, 40_000)), TerminalSize.of(terminal));
    } finally {
      Libc.close(terminal);
    }
  }

  @Test
  void nothingElseDoes() {
    int other = Libc.open("/dev/null", O_RDWR | Libc.O_CLOEXEC);
    try {
      assertEquals(Optional.empty(), TerminalSize.of(other));
    } finally {
      Libc.close(other);
    }
  }
}
