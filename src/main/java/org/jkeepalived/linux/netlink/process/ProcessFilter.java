package org.jkeepalived.linux.netlink.process;

import java.nio.ByteOrder;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;

/**
 * Has the kernel itself drop the process reports that nobody wants, those of threads above all
 * (socket(7), SO_ATTACH_FILTER; the classic packet filter).
 */
final class ProcessFilter {
  private static final int SO_ATTACH_FILTER = 26;

  // linux/bpf_common.h
  private static final int LOAD_WORD = 0x20;
  private static final int A_TO_X = 0x07;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_EQUAL_X = 0x1d;
  private static final int RETURN = 0x06;
  private static final int KEEP = -1;
  private static final int DROP = 0;

  private static final int INSTRUCTION_BYTES = 8;
  private static final int WHAT = ProcessMessages.WHAT_IN_DATAGRAM;
  private static final int DATA = ProcessMessages.DATA_IN_DATAGRAM;

  /** Operation, instructions skipped if true, if false, operand. */
  private static final int[][] PROGRAM = {
    {LOAD_WORD, 0, 0, WHAT},
    {JUMP_EQUAL, 8, 0, asLoaded(ProcessMessages.FORK)},
    {JUMP_EQUAL, 11, 0, asLoaded(ProcessMessages.NONE)},
    {JUMP_EQUAL, 10, 0, asLoaded(ProcessMessages.EXEC)},
    {JUMP_EQUAL, 1, 0, asLoaded(ProcessMessages.COMM)},
    {JUMP_EQUAL, 0, 9, asLoaded(ProcessMessages.EXIT)},
    // comm and exit: of a process's first thread?
    {LOAD_WORD, 0, 0, DATA},
    {A_TO_X, 0, 0, 0},
    {LOAD_WORD, 0, 0, DATA + 4},
    {JUMP_EQUAL_X, 4, 5, 0},
    // fork: is the child a process?
    {LOAD_WORD, 0, 0, DATA + 8},
    {A_TO_X, 0, 0, 0},
    {LOAD_WORD, 0, 0, DATA + 12},
    {JUMP_EQUAL_X, 0, 1, 0},
    {RETURN, 0, 0, KEEP},
    {RETURN, 0, 0, DROP},
  };

  private ProcessFilter() {}

  /** A filter loads words as the network has them; the kernel writes reports in its own order. */
  private static int asLoaded(int value) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
  }

  /** Attaches it; without it the same is found out after reading. */
  static void attach(int fd) {
    NativeMemory program = NativeMemory.allocate(PROGRAM.length * INSTRUCTION_BYTES);
    for (int[] instruction : PROGRAM) {
      program
          .bytes()
          .putShort((short) instruction[0])
          .put((byte) instruction[1])
          .put((byte) instruction[2])
          .putInt(instruction[3]);
    }
    // struct sock_fprog: number of instructions (2), padding, their address (8)
    NativeMemory description = NativeMemory.allocate(16);
    description.bytes().putShort(0, (short) PROGRAM.length);
    description.putAddress(8, program, 0);
    Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, description);
  }
}
