package org.jkeepalived.linux.packet;

import static org.jkeepalived.linux.packet.BpfInstruction.ALL;
import static org.jkeepalived.linux.packet.BpfInstruction.AND;
import static org.jkeepalived.linux.packet.BpfInstruction.LOAD_BYTE;
import static org.jkeepalived.linux.packet.BpfInstruction.NOTHING;
import static org.jkeepalived.linux.packet.BpfInstruction.RETURN;

import java.util.List;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * What the kernel keeps of the packets that arrive at a socket (socket(7), SO_ATTACH_FILTER).
 *
 * @param program as the kernel runs it
 */
record SocketFilter(List<BpfInstruction> program) {

  private static final int SO_ATTACH_FILTER = 26;

  // struct sock_fprog: number of instructions (2), padding, their address (8)
  private static final int PROGRAM_BYTES = 16;
  private static final int PROGRAM_ADDRESS = 8;

  private static final int IPV4_DESTINATION = 16;

  /** Of IPv4 packets all that are not for a multicast group; they begin with their IP header. */
  static final SocketFilter IPV4_UNICAST =
      new SocketFilter(
          List.of(
              BpfInstruction.of(LOAD_BYTE, IPV4_DESTINATION),
              BpfInstruction.of(AND, 0xf0),
              BpfInstruction.unlessEqual(0xe0, 1),
              BpfInstruction.of(RETURN, NOTHING),
              BpfInstruction.of(RETURN, ALL)));

  SocketFilter {
    program = List.copyOf(program);
  }

  /** From now on; takes the place of the one before at once. */
  void attachTo(int fd) throws SystemCallException {
    NativeMemory instructions = NativeMemory.allocate(program.size() * BpfInstruction.BYTES);
    for (int i = 0; i < program.size(); i++) {
      program.get(i).write(instructions.bytes(), i * BpfInstruction.BYTES);
    }
    NativeMemory whole = NativeMemory.allocate(PROGRAM_BYTES);
    whole.bytes().putShort(0, (short) program.size());
    whole.putAddress(PROGRAM_ADDRESS, instructions, 0);
    int result = Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, whole);
    SystemCallException.check("filter a raw socket", result);
  }
}
