package org.jkeepalived.linux.process;

import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket, which Java itself cannot: to syslog, the journal, the service
 * manager.
 *
 * <p>Each datagram names its receiver anew, so a receiver that was restarted gets the next one. An
 * object belongs to one thread.
 */
public final class UnixDatagramSocket implements AutoCloseable {

  /** The longest datagram that may be sent, in bytes. */
  public static final int MAXIMUM_BYTES = 65_536;

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int ADDRESS_BYTES = 110;
  private static final int MAXIMUM_PATH_BYTES = 107;

  private final NativeFunction sendto;
  private final int descriptor;
  private final byte[] address;
  private final long addressPointer;
  private final long payloadPointer;
  private boolean open = true;

  private UnixDatagramSocket(int descriptor, byte[] address) {
    this.descriptor = descriptor;
    this.address = address;
    this.sendto =
        NativeFunction.find(
            "sendto",
            Type.SLONG,
            Type.SINT,
            Type.POINTER,
            Type.ULONG,
            Type.SINT,
            Type.POINTER,
            Type.UINT);
    MemoryIO memory = MemoryIO.getInstance();
    this.addressPointer = memory.allocateMemory(ADDRESS_BYTES, true);
    this.payloadPointer = memory.allocateMemory(MAXIMUM_BYTES, false);
    memory.putByteArray(addressPointer, address, 0, address.length);
  }

  /**
   * Opens a socket that sends to a path, or to an abstract name if it starts with {@code @}.
   *
   * @throws SystemCallException if the kernel gives no socket
   * @throws IllegalArgumentException if the path is empty or longer than 107 bytes
   */
  public static UnixDatagramSocket to(String path) throws SystemCallException {
    byte[] address = address(path);
    NativeFunction socket =
        NativeFunction.find("socket", Type.SINT, Type.SINT, Type.SINT, Type.SINT);
    int descriptor = (int) socket.call(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    if (descriptor < 0) {
      throw socket.failure();
    }
    return new UnixDatagramSocket(descriptor, address);
  }

  /** unix(7): the family; then the path and a NUL, or a NUL and the abstract name. */
  private static byte[] address(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > MAXIMUM_PATH_BYTES) {
      throw new IllegalArgumentException("no address of a Unix socket: " + path);
    }
    boolean isAbstract = name[0] == '@';
    ByteBuffer address =
        ByteBuffer.allocate(2 + name.length + (isAbstract ? 0 : 1)).order(ByteOrder.nativeOrder());
    address.putShort((short) AF_UNIX).put(name);
    if (isAbstract) {
      address.put(2, (byte) 0);
    }
    return address.array();
  }

  /**
   * Sends the first bytes of an array as one datagram; waits while the receiver's queue is full.
   *
   * @param length from 0 to {@link #MAXIMUM_BYTES}
   * @throws SystemCallException if it could not be delivered
   */
  public void send(byte[] payload, int length) throws SystemCallException {
    if (!open || length > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(open ? length + " bytes are too many" : "closed");
    }
    MemoryIO.getInstance().putByteArray(payloadPointer, payload, 0, length);
    while (true) {
      long sent =
          sendto.call(
              descriptor, payloadPointer, length, MSG_NOSIGNAL, addressPointer, address.length);
      if (sent >= 0) {
        return;
      }
      SystemCallException failure = sendto.failure();
      if (failure.errno() != SystemCallException.EINTR) {
        throw failure;
      }
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      NativeFunction.find("close", Type.SINT, Type.SINT).call(descriptor);
      MemoryIO.getInstance().freeMemory(addressPointer);
      MemoryIO.getInstance().freeMemory(payloadPointer);
    }
  }
}
