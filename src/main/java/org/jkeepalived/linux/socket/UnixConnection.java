package org.jkeepalived.linux.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * A process of this machine that has connected to a {@link UnixListener}. Nothing here waits; lives
 * on one thread.
 */
public final class UnixConnection implements StreamSocket {

  private static final NativeFunction SHUTDOWN = NativeFunction.ofLibc("shutdown");

  private static final int SHUT_WR = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SO_PEERGROUPS = 59;

  /** Older than Linux 4.13. */
  private static final int ENOPROTOOPT = 92;

  // struct ucred: process, user, group
  private static final int CREDENTIALS_BYTES = 12;
  private static final int USER_OFFSET = 4;
  private static final int GROUP_OFFSET = 8;
  private static final int MOST_GROUPS = 1024;

  private final int fd;
  private final NativeMemory buffer;
  private boolean closed;

  /**
   * @param fd what {@link UnixListener#accept} returned; closed with this object
   * @param buffer what is sent and received goes through it; it may be shared by all of one thread
   */
  public UnixConnection(int fd, NativeMemory buffer) {
    this.fd = fd;
    this.buffer = buffer;
  }

  /**
   * Who connected, as the kernel says, and as they were then.
   *
   * @param process its number, or 0 where it is in another process namespace
   * @param user the effective user's number, as an unsigned one
   * @param groups the effective group's and all others'
   */
  public record Peer(int process, int user, List<Integer> groups) {
    public Peer {
      groups = List.copyOf(groups);
    }

    public boolean isIn(int group) {
      return groups.contains(group);
    }
  }

  /** Asks the kernel who that is. */
  public Peer peer() throws SystemCallException {
    NativeMemory found = NativeMemory.allocate(CREDENTIALS_BYTES);
    SystemCallException.check(
        "who has connected", Libc.getSocketOption(fd, Libc.SOL_SOCKET, SO_PEERCRED, found));
    List<Integer> groups = new ArrayList<>();
    groups.add(found.bytes().getInt(GROUP_OFFSET));
    groups.addAll(furtherGroups());
    return new Peer(found.bytes().getInt(0), found.bytes().getInt(USER_OFFSET), groups);
  }

  /** Those that are not told, because there are too many or the kernel is too old, do not count. */
  private List<Integer> furtherGroups() throws SystemCallException {
    NativeMemory groups = NativeMemory.allocate(MOST_GROUPS * Integer.BYTES);
    int result = Libc.getSocketOption(fd, Libc.SOL_SOCKET, SO_PEERGROUPS, groups, groups.length());
    if (result == -Errno.ERANGE || result == -ENOPROTOOPT) {
      return List.of();
    }
    SystemCallException.check("groups of who has connected", result);
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at < result; at += Integer.BYTES) {
      found.add(groups.bytes().getInt(at));
    }
    return found;
  }

  @Override
  public int fd() {
    return fd;
  }

  /**
   * Reads what has arrived, as much as fits.
   *
   * @param into written from {@code from} to its end at most
   * @return how many bytes; 0 if the other side says no more; the negated number of the kernel's
   *     error, EAGAIN where nothing has arrived
   */
  public int read(byte[] into, int from) {
    int most = Math.min(into.length - Objects.checkIndex(from, into.length), buffer.length());
    int result;
    do {
      result = Libc.read(fd, buffer, most);
    } while (result == -Errno.EINTR);
    if (result > 0) {
      buffer.bytes().get(0, into, from, result);
    }
    return result;
  }

  @Override
  public int sendSome(byte[] bytes, int from) {
    int length = Math.min(bytes.length - from, buffer.length());
    buffer.bytes().put(0, bytes, from, length);
    int result;
    do {
      result = Libc.send(fd, buffer, length, Libc.MSG_NOSIGNAL);
    } while (result == -Errno.EINTR);
    return result;
  }

  @Override
  public int passOver() {
    int result;
    do {
      result = Libc.read(fd, buffer, buffer.length());
    } while (result == -Errno.EINTR);
    return result;
  }

  @Override
  public int endSending() {
    int result = SHUTDOWN.call(fd, SHUT_WR);
    return result < 0 ? -result : 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
