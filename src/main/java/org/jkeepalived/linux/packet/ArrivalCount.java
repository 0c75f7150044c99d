package org.jkeepalived.linux.packet;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;

/**
 * Counts all packets that arrive, whoever sent them, without reading them: a raw socket with next
 * to no room, of which the kernel counts what it has to drop. A flood costs the process nothing.
 *
 * <p>COMPAT: those that somebody's filter leaves cannot be counted by a filter that keeps just
 * these: since 6.18 a socket without room drops, and counts, before its filter is asked.
 */
final class ArrivalCount implements AutoCloseable {

  private static final int SO_RCVBUF = 8;

  /** More than find room: the least that a socket has is 2 KiB. */
  private static final int MOST_WAITING = 16;

  private final int fd;
  private int dropsBefore;
  private long count;

  /** With a socket that was opened just now, and is closed with this. */
  ArrivalCount(int fd) {
    this.fd = fd;
    Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_RCVBUF, 0);
    clear();
  }

  /** How many there were since it was opened, or cleared; without drops before Linux 4.12. */
  long get() {
    NativeMemory memory = NativeMemory.allocate(SocketMemory.BYTES);
    for (int i = 0; i < MOST_WAITING && Libc.read(fd, memory, 1) >= 0; i++) {
      count++;
    }
    SocketMemory now = SocketMemory.of(fd);
    count += Integer.toUnsignedLong(now.drops() - dropsBefore);
    dropsBefore = now.drops();
    return count;
  }

  void clear() {
    get();
    count = 0;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
