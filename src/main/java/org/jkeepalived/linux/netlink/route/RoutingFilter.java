package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.routing.RoutePlace;

/**
 * Has the kernel keep, of what it tells of routes and rules, only that one of keepalived's protocol
 * is gone, or any rule: a router may have a million routes that are none of our business
 * (socket(7), SO_ATTACH_FILTER; the classic packet filter).
 */
final class RoutingFilter {
  private static final int SO_ATTACH_FILTER = 26;

  // linux/bpf_common.h
  private static final int LOAD_BYTE = 0x30;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int KEEP = -1;
  private static final int DROP = 0;

  private static final int INSTRUCTION_BYTES = 8;
  private static final int PROGRAM_BYTES = 16;
  private static final int PROGRAM_ADDRESS = 8;

  /** The lower byte of a message's type, in this machine's order. */
  private static final int TYPE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 4 : 5;

  /** The protocol of a route, behind the message's header. */
  private static final int PROTOCOL = 21;

  /** Operation, instructions skipped if true, if false, operand. */
  private static final int[][] PROGRAM = {
    {LOAD_BYTE, 0, 0, TYPE},
    {JUMP_IF_EQUAL, 3, 0, RuleMessage.RTM_DELRULE},
    {JUMP_IF_EQUAL, 0, 3, RouteMessage.RTM_DELROUTE},
    {LOAD_BYTE, 0, 0, PROTOCOL},
    {JUMP_IF_EQUAL, 0, 1, RoutePlace.KEEPALIVED},
    {RETURN, 0, 0, KEEP},
    {RETURN, 0, 0, DROP},
  };

  private RoutingFilter() {}

  static void attachTo(int fd) throws SystemCallException {
    NativeMemory instructions = NativeMemory.allocate(PROGRAM.length * INSTRUCTION_BYTES);
    ByteBuffer bytes = instructions.bytes();
    for (int i = 0; i < PROGRAM.length; i++) {
      int at = i * INSTRUCTION_BYTES;
      bytes.putShort(at, (short) PROGRAM[i][0]);
      bytes.put(at + 2, (byte) PROGRAM[i][1]);
      bytes.put(at + 3, (byte) PROGRAM[i][2]);
      bytes.putInt(at + 4, PROGRAM[i][3]);
    }
    // struct sock_fprog: number of instructions (2), padding, their address (8)
    NativeMemory whole = NativeMemory.allocate(PROGRAM_BYTES);
    whole.bytes().putShort(0, (short) PROGRAM.length);
    whole.putAddress(PROGRAM_ADDRESS, instructions, 0);
    SystemCallException.check(
        "filter routing notifications",
        Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, whole));
  }
}
