package org.jkeepalived.linux.firewall;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.model.AddressFamily;

/**
 * How the table {@code filter} of iptables is laid out. The kernel tells nobody when it is changed;
 * what this answers is another one when rules came or went, for the price of a system call.
 */
public final class IptablesTable implements AutoCloseable {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW = 3;

  /** Such a socket receives nothing. */
  private static final int IPPROTO_RAW = 255;

  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;

  /** IPT_SO_GET_INFO and IP6T_SO_GET_INFO. */
  private static final int GET_INFO = 64;

  /** Name (32), hooks (4), where they begin (20) and end (20), entries (4), bytes (4). */
  private static final int INFO_BYTES = 84;

  private final int level;
  private final int fd;
  private final NativeMemory info = NativeMemory.allocate(INFO_BYTES);

  private IptablesTable(int level, int fd) {
    this.level = level;
    this.fd = fd;
  }

  /** In the network namespace of the calling thread; empty where that is not allowed. */
  public static Optional<IptablesTable> open(AddressFamily family) {
    boolean isIpv4 = family == AddressFamily.IPV4;
    int fd = Libc.socket(isIpv4 ? AF_INET : AF_INET6, SOCK_RAW | Libc.O_CLOEXEC, IPPROTO_RAW);
    return fd < 0
        ? Optional.empty()
        : Optional.of(new IptablesTable(isIpv4 ? SOL_IP : SOL_IPV6, fd));
  }

  /** Equal to what it was if nothing came or went; empty if the kernel does not say. */
  public String layout() {
    byte[] bytes = new byte[INFO_BYTES];
    byte[] name = "filter".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, bytes, 0, name.length);
    info.bytes().put(0, bytes);
    if (Libc.getSocketOption(fd, level, GET_INFO, info, INFO_BYTES) < 0) {
      return "";
    }
    info.bytes().get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
