package org.jkeepalived.linux.packet;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;

/**
 * What a socket has waiting, and what it had no room for: both 0 before Linux 4.12, which does not
 * tell.
 *
 * @param waitingBytes received and not read
 * @param drops packets that found no room, an unsigned number
 */
record SocketMemory(int waitingBytes, int drops) {

  private static final int SO_MEMINFO = 55;

  // nine unsigned numbers, sock_diag(7); the first is what waits, the last what found no room
  static final int BYTES = 9 * Integer.BYTES;
  private static final int DROPS = 8 * Integer.BYTES;

  static SocketMemory of(int fd) {
    NativeMemory memory = NativeMemory.allocate(BYTES);
    return Libc.getSocketOption(fd, Libc.SOL_SOCKET, SO_MEMINFO, memory) == 0
        ? new SocketMemory(memory.bytes().getInt(0), memory.bytes().getInt(DROPS))
        : new SocketMemory(0, 0);
  }
}
