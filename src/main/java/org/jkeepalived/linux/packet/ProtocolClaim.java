package org.jkeepalived.linux.packet;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * Claims IP protocol 112 for this process, so that the kernel does not answer a unicast
 * advertisement with "protocol unreachable". Nothing is received on its socket: a filter drops all.
 */
public final class ProtocolClaim implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_VRRP = 112;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int BPF_RET_CONSTANT = 0x06;

  private final int fd;

  private ProtocolClaim(int fd) {
    this.fd = fd;
  }

  public static ProtocolClaim open() throws SystemCallException {
    int fd =
        SystemCallException.check(
            "open raw socket for VRRP",
            Libc.socket(AF_INET, SOCK_RAW | Libc.O_CLOEXEC, IPPROTO_VRRP));
    // struct sock_filter: code (2), jumps (2), constant (4): return 0 bytes of every packet
    NativeMemory instruction = NativeMemory.allocate(8);
    instruction.bytes().putShort(0, (short) BPF_RET_CONSTANT);
    // struct sock_fprog: number of instructions (2), padding, their address (8)
    NativeMemory program = NativeMemory.allocate(16);
    program.bytes().putShort(0, (short) 1);
    program.putAddress(8, instruction, 0);
    int result = Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_ATTACH_FILTER, program);
    if (result < 0) {
      Libc.close(fd);
      SystemCallException.check("filter raw socket for VRRP", result);
    }
    return new ProtocolClaim(fd);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
