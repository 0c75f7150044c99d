package org.jkeepalived.linux.packet;

import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongToIntFunction;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Sends and receives Ethernet frames on one link. Nothing here waits or throws, but for opening and
 * closing: these wait 10 and 25 ms for the kernel, and belong on another thread when there is an
 * owner in a hurry. Several ports opened at the same time wait together.
 *
 * <p>pcap4j opens, filters, sends and counts. Frames are read with libpcap's own function on
 * pcap4j's handle: with C1 that costs 0.2 µs each, pcap4j's {@code dispatch} 2 µs and its {@code
 * getNextRawPacket} 7 µs, and in the interpreter 2, 6 and 140 µs.
 *
 * <p>A link that goes down keeps its port, which works again when the link is up again: whether it
 * is up, netlink says, not the port. A link that was deleted does not come back to its port, not
 * even under the same name.
 */
public final class LinkPort implements AutoCloseable {

  /** Multicast advertisements: IPv4 protocol 112. */
  public static final String ADVERTISEMENTS = "ip proto 112 and ip multicast";

  /** The same of IPv6. */
  public static final String ADVERTISEMENTS_6 = "ip6 proto 112 and ip6 multicast";

  /** The same behind IPsec's authentication header: IPv4 protocol 51. */
  public static final String AUTHENTICATED = "ip proto 51 and ip multicast";

  /** Room for 520 frames of {@link #MOST_SNAPSHOT_BYTES}. */
  public static final int DEFAULT_RING_BYTES = 1024 * 1024;

  /**
   * Room for a full Ethernet frame, and so for the longest IPv4 advertisement, of 255 addresses;
   * with the kernel's header just under 2 KiB, so that two share a page of the ring.
   */
  public static final int MOST_SNAPSHOT_BYTES = 1920;

  private static final int PCAP_ERROR_NO_SUCH_DEVICE = -5;
  private static final int PCAP_ERROR_PERM_DENIED = -8;
  private static final int PCAP_ERROR_IFACE_NOT_UP = -9;
  private static final int WARM_UP_RING_BYTES = 64 * 1024;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_IGNORE_OUTGOING = 23;

  // struct tpacket_stats_v3: packets (4), drops (4), freezes (4)
  private static final int STATISTICS_BYTES = 12;
  private static final int STATISTICS_DROPS = 4;

  private static final int ETHERNET_HEADER_BYTES = 14;

  // struct sockaddr_ll: family (2), protocol (2), index of the link (4), and what is not looked at
  private static final int ADDRESS_BYTES = 20;
  private static final int ADDRESS_INDEX = 4;

  // struct pcap_pkthdr: time stamp (two longs), captured length, length on the wire
  private static final int CAPTURED_LENGTH_OFFSET = 2 * Long.BYTES;

  /** How the port does. */
  public enum PortState {
    /** It captures. */
    CAPTURING,
    /**
     * libpcap said that the link is gone (before 1.10 also: that it went down), and no frame has
     * come since.
     */
    LOST,
    /** It was closed. */
    CLOSED
  }

  private final String interfaceName;
  private final PcapHandle handle;
  private final int fd;
  private final int linkIndex;

  /** Given where to, has libpcap write there where the next frame's header and bytes are. */
  private final LongToIntFunction readNext;

  private final NativeMemory found = NativeMemory.allocate(2 * Long.BYTES);
  private final byte[] frame = new byte[MOST_SNAPSHOT_BYTES];
  private PortState condition = PortState.CAPTURING;
  private long received;
  private long sent;
  private long sendFailures;
  private long dropped;
  private String lastSendFailure = "";
  private Optional<RefusedCount> refused = Optional.empty();

  private LinkPort(String interfaceName, PcapHandle handle) throws SystemCallException {
    this.interfaceName = interfaceName;
    this.handle = handle;
    String library = System.getProperty("org.pcap4j.core.pcapLibName", "libpcap.so");
    NativeFunction nextPacket = NativeFunction.of(library, "pcap_next_ex");
    long pcap = pcapAddress(handle);
    readNext = at -> nextPacket.callRaw(pcap, at, at + Long.BYTES);
    fd = (int) NativeFunction.of(library, "pcap_get_selectable_fd").callForAddress(pcap);
    if (fd < 0) {
      throw new SystemCallException(
          new SystemError("open " + interfaceName, 0, "its capture cannot be waited for"));
    }
    // COMPAT: direction IN makes libpcap drop our own frames, but only after they took room in the
    // ring; Linux 4.20 and newer does not put them there. Older ones refuse, which changes nothing.
    Libc.setSocketOption(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    NativeMemory address = NativeMemory.allocate(ADDRESS_BYTES);
    NativeMemory length = NativeMemory.allocate(Integer.BYTES);
    length.bytes().putInt(0, ADDRESS_BYTES);
    SystemCallException.check("getsockname", Libc.getSocketName(fd, address, length));
    linkIndex = address.bytes().getInt(ADDRESS_INDEX);
  }

  /**
   * Loads libpcap and what pcap4j needs, which takes 45 ms that opening the first port need not
   * wait for. Where that fails, opening says so.
   */
  public static void load() {
    try (PcapHandle dead = Pcaps.openDead(DataLinkType.EN10MB, MOST_SNAPSHOT_BYTES)) {
      dead.compileFilter(ADVERTISEMENTS, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN)
          .free();
      // what the builder of a live handle uses is made when its class is initialised, 8 ms of proxy
      Class.forName("org.pcap4j.core.NativeMappings$PcapLibrary");
    } catch (PcapNativeException
        | NotOpenException
        | ClassNotFoundException
        | LinkageError failed) {
      // it is not for this thread to complain
    }
  }

  /**
   * Opens a port on an Ethernet link that is up: on one that is down it fails with ENETDOWN.
   *
   * @param filter which frames to receive, as in pcap-filter(7)
   * @param ringBytes room for frames that were not read yet; it counts as the process's memory
   */
  public static LinkPort open(String interfaceName, String filter, int ringBytes)
      throws SystemCallException {
    return open(interfaceName, filter, ringBytes, MOST_SNAPSHOT_BYTES);
  }

  /**
   * Opens a port that keeps only the beginning of long frames, of which the ring then holds more.
   *
   * @param snapshotBytes 64 to {@link #MOST_SNAPSHOT_BYTES}
   */
  public static LinkPort open(String interfaceName, String filter, int ringBytes, int snapshotBytes)
      throws SystemCallException {
    PcapHandle handle;
    try {
      handle =
          new PcapHandle.Builder(interfaceName)
              .snaplen(snapshotBytes)
              .immediateMode(true)
              .bufferSize(ringBytes)
              .timeoutMillis(1)
              .direction(PcapHandle.PcapDirection.IN)
              .build();
    } catch (PcapNativeException e) {
      throw failed("open " + interfaceName, e);
    }
    boolean open = false;
    try {
      handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
      handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
      LinkPort port = new LinkPort(interfaceName, handle);
      open = true;
      return port;
    } catch (PcapNativeException e) {
      throw failed("set up " + interfaceName, e);
    } catch (NotOpenException e) {
      throw new AssertionError("it was opened just now", e);
    } finally {
      if (!open) {
        // whatever was thrown, nobody else knows the handle
        handle.close();
      }
    }
  }

  /**
   * Has it count further frames, which it does not hand over.
   *
   * @param filter which, as in pcap-filter(7)
   * @return this port; it is closed where that fails
   */
  public LinkPort counting(String filter) throws SystemCallException {
    try {
      refused = Optional.of(RefusedCount.open(interfaceName, filter));
      return this;
    } catch (SystemCallException e) {
      close();
      throw e;
    }
  }

  /**
   * Sends a frame on the loopback link and receives it there, so that the classes and native
   * functions of both ways have been used before it matters.
   *
   * @param frame an advertisement that nobody acts upon
   * @param times how often
   * @return how many frames came back; 0 where there is no loopback link, or it is down
   */
  public static int warmUp(byte[] frame, int times, FrameHandler handler) {
    int back = 0;
    try (LinkPort port = open("lo", ADVERTISEMENTS, WARM_UP_RING_BYTES)) {
      for (int i = 0; i < times; i++) {
        port.send(frame, frame.length);
        back += port.drain(handler, times);
      }
    } catch (SystemCallException e) {
      return 0;
    }
    return back;
  }

  // pcap4j keeps libpcap's handle to itself, and has no function for the descriptor
  static long pcapAddress(PcapHandle handle) {
    try {
      Field field = PcapHandle.class.getDeclaredField("handle");
      field.setAccessible(true);
      return Pointer.nativeValue((Pointer) field.get(handle));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another pcap4j than 1.8.2", e);
    }
  }

  /** For {@link org.jkeepalived.linux.Poller#add}, with {@link #drain} as the callback. */
  public int fd() {
    return fd;
  }

  /**
   * Hands over what has arrived. Does not wait.
   *
   * @param most how many frames to read at most
   * @return how many were read; less than {@code most} means that there are no more, for the reason
   *     that {@link #condition} gives
   */
  public int drain(FrameHandler handler, int most) {
    if (condition == PortState.CLOSED) {
      return 0;
    }
    for (int count = 0; count < most; count++) {
      int result = found.lend(readNext);
      if (result != 1) {
        // 0 is nothing there; an error is said once, and does not make the descriptor ready again
        if (result < 0) {
          condition = PortState.LOST;
        }
        return count;
      }
      condition = PortState.CAPTURING;
      received++;
      long header = found.bytes().getLong(0);
      int length =
          Math.min(NativeMemory.intAt(header + CAPTURED_LENGTH_OFFSET), MOST_SNAPSHOT_BYTES);
      NativeMemory.copy(found.bytes().getLong(Long.BYTES), frame, length);
      handler.frame(frame, length);
      if (condition == PortState.CLOSED) {
        return count + 1;
      }
    }
    return most;
  }

  /**
   * Sends a frame.
   *
   * @param bytes the frame from the Ethernet header on
   * @param length how many of the bytes
   * @return whether the kernel took it; why not, {@link #lastSendFailure} says
   */
  public boolean send(byte[] bytes, int length) {
    if (length < ETHERNET_HEADER_BYTES || length > bytes.length) {
      throw new IllegalArgumentException("a frame of " + length + " bytes");
    }
    if (condition == PortState.CLOSED) {
      return false;
    }
    try {
      handle.sendPacket(bytes, length);
      sent++;
      return true;
    } catch (PcapNativeException | NotOpenException e) {
      sendFailures++;
      lastSendFailure = String.valueOf(e.getMessage());
      return false;
    }
  }

  public String interfaceName() {
    return interfaceName;
  }

  /** The kernel's number of the link that it is open on, whatever has its name by now. */
  public int linkIndex() {
    return linkIndex;
  }

  public PortState condition() {
    return condition;
  }

  /** Frames that were handed over. */
  public long received() {
    return received;
  }

  /** Frames that the kernel took. */
  public long sent() {
    return sent;
  }

  /** Frames that the kernel did not take. */
  public long sendFailures() {
    return sendFailures;
  }

  /** libpcap's text for the last frame that the kernel did not take; empty if there was none. */
  public String lastSendFailure() {
    return lastSendFailure;
  }

  /** Frames that found the ring full, since the port was opened. */
  public long dropped() {
    if (condition != PortState.CLOSED) {
      NativeMemory statistics = NativeMemory.allocate(STATISTICS_BYTES);
      // the kernel counts from zero after each answer; nobody else asks
      if (Libc.getSocketOption(fd, SOL_PACKET, PACKET_STATISTICS, statistics) == 0) {
        dropped += Integer.toUnsignedLong(statistics.bytes().getInt(STATISTICS_DROPS));
      }
    }
    return dropped;
  }

  /** Frames that it was to count, and not to hand over. */
  public long refused() {
    return refused.map(RefusedCount::get).orElse(0L);
  }

  /** Counts from zero from now on. */
  public void clearCounts() {
    dropped();
    refused.ifPresent(RefusedCount::clear);
    received = 0;
    sent = 0;
    sendFailures = 0;
    dropped = 0;
  }

  static SystemCallException failed(String operation, PcapNativeException cause) {
    int errno =
        switch (Objects.requireNonNullElse(cause.getReturnCode(), 0)) {
          case PCAP_ERROR_NO_SUCH_DEVICE -> Errno.ENODEV;
          case PCAP_ERROR_PERM_DENIED -> Errno.EPERM;
          case PCAP_ERROR_IFACE_NOT_UP -> Errno.ENETDOWN;
          default -> 0;
        };
    // libpcap leaves its text empty where the code says all
    String text = Objects.requireNonNullElse(cause.getMessage(), "");
    if (text.isBlank() && errno != 0) {
      return new SystemCallException(SystemError.of(operation, errno), cause);
    }
    return new SystemCallException(new SystemError(operation, errno, text), cause);
  }

  /**
   * Closes without making the owner wait: it sends and receives nothing more from now on; the
   * kernel's part, 25 ms and more, is left to {@code background}. Take it out of the poller before.
   */
  public void closeIn(Executor background) {
    condition = PortState.CLOSED;
    background.execute(
        () -> {
          refused.ifPresent(RefusedCount::close);
          handle.close();
        });
  }

  /** Closes, and waits for the kernel. */
  @Override
  public void close() {
    closeIn(Runnable::run);
  }
}
