package org.jkeepalived.linux.socket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkeepalived.linux.NativeMemory;

/** {@code struct sockaddr_in} and {@code struct sockaddr_in6}. */
final class SocketAddressBytes {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  private static final int BYTES_4 = 16;
  private static final int BYTES_6 = 28;
  private static final int PORT = 2;
  private static final int ADDRESS_4 = 4;
  private static final int ADDRESS_6 = 8;
  private static final int SCOPE_6 = 24;

  private SocketAddressBytes() {}

  /**
   * Writes an address and a port.
   *
   * @param memory at least 28 bytes, written from the first one on
   * @param port 0 to 65535
   * @param link the index of the link that a link-local address is of, unless it says that itself;
   *     0 for none
   * @return how many bytes it takes
   */
  static int write(NativeMemory memory, InetAddress address, int port, int link) {
    boolean six = address instanceof Inet6Address;
    ByteBuffer bytes = memory.bytes();
    for (int at = 0; at < BYTES_6; at += Integer.BYTES) {
      bytes.putInt(at, 0);
    }
    bytes.putShort(0, (short) (six ? AF_INET6 : AF_INET));
    bytes.order(ByteOrder.BIG_ENDIAN).putShort(PORT, (short) port);
    bytes.order(ByteOrder.nativeOrder());
    bytes.put(six ? ADDRESS_6 : ADDRESS_4, address.getAddress());
    if (address instanceof Inet6Address scoped) {
      boolean unsaid = scoped.getScopeId() == 0 && scoped.isLinkLocalAddress();
      bytes.putInt(SCOPE_6, unsaid ? link : scoped.getScopeId());
    }
    return six ? BYTES_6 : BYTES_4;
  }
}
