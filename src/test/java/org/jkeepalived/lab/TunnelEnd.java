package org.jkeepalived.lab;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * A program of its own, to be started in a node's namespace: one end of a tunnel, a link that is
 * not Ethernet (tun(4)), whose packets travel in UDP.
 *
 * <p>Arguments: the link's name, the address of the other end.
 */
public final class TunnelEnd {

  private static final int PORT = 7_000;
  private static final int MOST_BYTES = 2_048;
  private static final int O_RDWR = 2;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TUN_NO_PI = 0x1001;

  // struct ifreq: name (16), flags (2)
  private static final int REQUEST_BYTES = 40;
  private static final int FLAGS = 16;

  private static final NativeFunction READ = NativeFunction.ofLibc("read");
  private static final NativeFunction WRITE = NativeFunction.ofLibc("write");

  private TunnelEnd() {}

  /** Carries packets both ways until it is killed. */
  public static void main(String[] arguments) throws Exception {
    NativeMemory path = text("/dev/net/tun");
    int fd = path.lend(at -> NativeFunction.ofLibc("open").call(at, O_RDWR, 0));
    NativeMemory request = NativeMemory.allocate(REQUEST_BYTES);
    request.bytes().put(0, arguments[0].getBytes(StandardCharsets.US_ASCII));
    request.bytes().putShort(FLAGS, IFF_TUN_NO_PI);
    int made = request.lend(at -> NativeFunction.ofLibc("ioctl").call(fd, TUNSETIFF, at));
    if (fd < 0 || made < 0) {
      throw new IllegalStateException("no tunnel: " + fd + " " + made);
    }
    DatagramSocket socket = new DatagramSocket(PORT);
    InetAddress other = InetAddress.getByName(arguments[1]);
    Thread out = new Thread(() -> carryOut(fd, socket, other));
    out.setDaemon(true);
    out.start();
    NativeMemory room = NativeMemory.allocate(MOST_BYTES);
    DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    while (true) {
      packet.setLength(MOST_BYTES);
      socket.receive(packet);
      room.bytes().put(0, packet.getData(), 0, packet.getLength());
      room.lend(at -> WRITE.call(fd, at, packet.getLength()));
    }
  }

  private static void carryOut(int fd, DatagramSocket socket, InetAddress other) {
    NativeMemory room = NativeMemory.allocate(MOST_BYTES);
    byte[] bytes = new byte[MOST_BYTES];
    while (true) {
      int length = room.lend(at -> READ.call(fd, at, MOST_BYTES));
      if (length > 0) {
        room.bytes().get(0, bytes, 0, length);
        try {
          socket.send(new DatagramPacket(Arrays.copyOf(bytes, length), length, other, PORT));
        } catch (java.io.IOException lost) {
          // as packets are
        }
      }
    }
  }

  private static NativeMemory text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    NativeMemory memory = NativeMemory.allocate(bytes.length + 1);
    memory.bytes().put(0, bytes);
    return memory;
  }
}
