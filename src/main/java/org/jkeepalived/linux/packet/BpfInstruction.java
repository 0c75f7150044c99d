package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;

/**
 * One instruction of a socket's filter: struct sock_filter of linux/filter.h. There are an
 * accumulator and an index.
 *
 * @param ifTrue how many instructions a jump leaves out when its condition holds
 * @param ifFalse the same when it does not
 */
record BpfInstruction(int code, int ifTrue, int ifFalse, int constant) {

  // code (2 bytes), jumps (1 and 1), constant (4)
  static final int BYTES = 8;

  // linux/bpf_common.h
  static final int LOAD_WORD = 0x20;
  static final int LOAD_BYTE = 0x30;
  static final int LOAD_BYTE_FROM_INDEX = 0x50;
  static final int INDEX_IPV4_HEADER_LENGTH = 0xb1;
  static final int AND = 0x54;
  static final int JUMP = 0x05;
  static final int JUMP_IF_EQUAL = 0x15;
  static final int RETURN = 0x06;

  /** Added to an address: from where the IP header begins (linux/filter.h, SKF_NET_OFF). */
  static final int IP_HEADER = -0x100000;

  static final int NOTHING = 0;
  static final int ALL = 0x40000;

  static BpfInstruction of(int code, int constant) {
    return new BpfInstruction(code, 0, 0, constant);
  }

  /** Leaves instructions out unless the accumulator holds a value. */
  static BpfInstruction unlessEqual(int value, int leftOut) {
    return new BpfInstruction(JUMP_IF_EQUAL, 0, leftOut, value);
  }

  void write(ByteBuffer bytes, int at) {
    bytes.putShort(at, (short) code);
    bytes.put(at + 2, (byte) ifTrue);
    bytes.put(at + 3, (byte) ifFalse);
    bytes.putInt(at + 4, constant);
  }
}
