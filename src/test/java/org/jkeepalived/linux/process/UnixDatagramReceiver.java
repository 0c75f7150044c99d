package org.jkeepalived.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** The other end of a {@link UnixDatagramSocket}, for tests: a syslog daemon, a service manager. */
public final class UnixDatagramReceiver implements AutoCloseable {

  private static final int SO_RCVTIMEO = 20;
  private static final long DEADLINE_SECONDS = 10;
  private static final int MAXIMUM_BYTES = 65_536;

  private final int descriptor;
  private final String path;

  private UnixDatagramReceiver(int descriptor, String path) {
    this.descriptor = descriptor;
    this.path = path;
  }

  /** Binds a path, or an abstract name that starts with {@code @}. */
  public static UnixDatagramReceiver at(String path) throws SystemCallException {
    int descriptor = SystemCallException.check("socket", Libc.socket(1, 2, 0));
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    NativeMemory address = NativeMemory.allocate(2 + name.length);
    address.bytes().putShort(0, (short) 1).put(2, name);
    if (path.startsWith("@")) {
      address.bytes().put(2, (byte) 0);
    }
    SystemCallException.check("bind", Libc.bind(descriptor, address));
    NativeMemory deadline = NativeMemory.allocate(2 * Long.BYTES);
    deadline.bytes().putLong(0, DEADLINE_SECONDS);
    SystemCallException.check(
        "setsockopt", Libc.setSocketOption(descriptor, Libc.SOL_SOCKET, SO_RCVTIMEO, deadline));
    return new UnixDatagramReceiver(descriptor, path);
  }

  /** The next datagram; fails if none comes in 10 s. */
  public String receive() throws SystemCallException {
    NativeMemory memory = NativeMemory.allocate(MAXIMUM_BYTES);
    int length = SystemCallException.check("read", Libc.read(descriptor, memory, MAXIMUM_BYTES));
    byte[] datagram = new byte[length];
    memory.bytes().get(0, datagram);
    return new String(datagram, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    if (path.startsWith("/")) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (IOException left) {
        throw new UncheckedIOException(left);
      }
    }
  }
}
