package org.jkeepalived.linux.packet;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * Counts frames without reading them: a capture with next to no room, of which only the kernel's
 * statistics are looked at. A flood costs the process nothing.
 */
final class RefusedCount implements AutoCloseable {

  private static final int RING_BYTES = 4096;
  private static final int SNAPSHOT_BYTES = 64;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_IGNORE_OUTGOING = 23;

  // struct tpacket_stats: packets (4), those that found no room included; drops (4)
  private static final int STATISTICS_BYTES = 8;

  private final PcapHandle handle;
  private final int fd;
  private long count;
  private volatile boolean closed;

  private RefusedCount(PcapHandle handle) {
    this.handle = handle;
    String library = System.getProperty("org.pcap4j.core.pcapLibName", "libpcap.so");
    fd =
        (int)
            NativeFunction.of(library, "pcap_get_selectable_fd")
                .callForAddress(LinkPort.pcapAddress(handle));
    // our own frames would be counted, too
    Libc.setSocketOption(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    // and so is whatever came before the filter was there
    clear();
  }

  static RefusedCount open(String interfaceName, String filter) throws SystemCallException {
    try {
      PcapHandle handle =
          new PcapHandle.Builder(interfaceName)
              .snaplen(SNAPSHOT_BYTES)
              .immediateMode(true)
              .bufferSize(RING_BYTES)
              .timeoutMillis(1)
              .direction(PcapHandle.PcapDirection.IN)
              .build();
      boolean open = false;
      try {
        handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
        RefusedCount counting = new RefusedCount(handle);
        open = true;
        return counting;
      } finally {
        if (!open) {
          handle.close();
        }
      }
    } catch (PcapNativeException e) {
      throw LinkPort.failed("count on " + interfaceName, e);
    } catch (NotOpenException e) {
      throw new AssertionError("it was opened just now", e);
    }
  }

  /** How many there were since it was opened, or cleared. */
  long get() {
    if (!closed) {
      NativeMemory statistics = NativeMemory.allocate(STATISTICS_BYTES);
      // the kernel counts from zero after each answer; nobody else asks
      if (Libc.getSocketOption(fd, SOL_PACKET, PACKET_STATISTICS, statistics) == 0) {
        count += Integer.toUnsignedLong(statistics.bytes().getInt(0));
      }
    }
    return count;
  }

  void clear() {
    get();
    count = 0;
  }

  @Override
  public void close() {
    closed = true;
    handle.close();
  }
}
