package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import java.util.List;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** What the kernel keeps of the packets that arrive at a socket (socket(7), SO_ATTACH_FILTER). */
final class SocketFilter {

  private static final int SO_ATTACH_FILTER = 26;

  // linux/bpf_common.h
  private static final int LOAD_BYTE = 0x30;
  private static final int AND = 0x54;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;

  private static final int NOTHING = 0;
  private static final int ALL = 0x40000;

  // struct sock_filter: code (2 bytes), jumps (1 and 1), constant (4)
  private static final int INSTRUCTION_BYTES = 8;

  // struct sock_fprog: number of instructions (2), padding, their address (8)
  private static final int PROGRAM_BYTES = 16;
  private static final int PROGRAM_ADDRESS = 8;

  private static final int IPV4_DESTINATION = 16;

  /** Of IPv4 packets all that are not for a multicast group; they begin with their IP header. */
  static final SocketFilter IPV4_UNICAST =
      new SocketFilter(
          List.of(
              new Instruction(LOAD_BYTE, 0, 0, IPV4_DESTINATION),
              new Instruction(AND, 0, 0, 0xf0),
              new Instruction(JUMP_IF_EQUAL, 0, 1, 0xe0),
              new Instruction(RETURN, 0, 0, NOTHING),
              new Instruction(RETURN, 0, 0, ALL)));

  private final List<Instruction> program;

  /**
   * One instruction.
   *
   * @param ifTrue how many instructions a jump leaves out when its condition holds
   * @param ifFalse the same when it does not
   */
  private record Instruction(int code, int ifTrue, int ifFalse, int constant) {
    void write(ByteBuffer bytes, int at) {
      bytes.putShort(at, (short) code);
      bytes.put(at + 2, (byte) ifTrue);
      bytes.put(at + 3, (byte) ifFalse);
      bytes.putInt(at + 4, constant);
    }
  }

  private SocketFilter(List<Instruction> program) {
    this.program = program;
  }

  void attachTo(int fd) throws SystemCallException {
    NativeMemory instructions = NativeMemory.allocate(program.size() * INSTRUCTION_BYTES);
    for (int i = 0; i < program.size(); i++) {
      program.get(i).write(instructions.bytes(), i * INSTRUCTION_BYTES);
    }
    NativeMemory whole = NativeMemory.allocate(PROGRAM_BYTES);
    whole.bytes().putShort(0, (short) program.size());
    whole.putAddress(PROGRAM_ADDRESS, instructions, 0);
    int result = Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, whole);
    SystemCallException.check("filter a raw socket", result);
  }
}
