package org.jkeepalived.linux.process;

import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The other end of a {@link UnixDatagramSocket}, for tests: a syslog daemon, a service manager. */
public final class UnixDatagramReceiver implements AutoCloseable {

  private static final int SOL_SOCKET = 1;
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
    NativeFunction socket =
        NativeFunction.find("socket", Type.SINT, Type.SINT, Type.SINT, Type.SINT);
    int descriptor = (int) socket.call(1, 2, 0);
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    ByteBuffer address = ByteBuffer.allocate(2 + name.length).order(ByteOrder.nativeOrder());
    address.putShort((short) 1).put(name);
    if (path.startsWith("@")) {
      address.put(2, (byte) 0);
    }
    NativeFunction bind =
        NativeFunction.find("bind", Type.SINT, Type.SINT, Type.POINTER, Type.UINT);
    long memory = MemoryIO.getInstance().allocateMemory(128, true);
    try {
      MemoryIO.getInstance().putByteArray(memory, address.array(), 0, address.capacity());
      if ((int) bind.call(descriptor, memory, address.capacity()) < 0) {
        throw bind.failure();
      }
      MemoryIO.getInstance().setMemory(memory, 16, (byte) 0);
      MemoryIO.getInstance().putLong(memory, DEADLINE_SECONDS);
      NativeFunction setsockopt =
          NativeFunction.find(
              "setsockopt",
              Type.SINT,
              Type.SINT,
              Type.SINT,
              Type.SINT,
              Type.POINTER,
              Type.UINT,
              Type.UINT);
      setsockopt.call(descriptor, SOL_SOCKET, SO_RCVTIMEO, memory, 16, 0);
    } finally {
      MemoryIO.getInstance().freeMemory(memory);
    }
    return new UnixDatagramReceiver(descriptor, path);
  }

  /** The next datagram; fails if none comes in 10 s. */
  public String receive() throws SystemCallException {
    NativeFunction read =
        NativeFunction.find("read", Type.SLONG, Type.SINT, Type.POINTER, Type.ULONG);
    long memory = MemoryIO.getInstance().allocateMemory(MAXIMUM_BYTES, true);
    try {
      long length = read.call(descriptor, memory, MAXIMUM_BYTES);
      if (length < 0) {
        throw read.failure();
      }
      byte[] datagram = new byte[(int) length];
      MemoryIO.getInstance().getByteArray(memory, datagram, 0, datagram.length);
      return new String(datagram, StandardCharsets.UTF_8);
    } finally {
      MemoryIO.getInstance().freeMemory(memory);
    }
  }

  @Override
  public void close() {
    NativeFunction.find("close", Type.SINT, Type.SINT).call(descriptor);
    if (path.startsWith("/")) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (IOException left) {
        throw new UncheckedIOException(left);
      }
    }
  }
}
