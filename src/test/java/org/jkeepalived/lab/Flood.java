package org.jkeepalived.lab;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * A program of its own, to be started in a node's namespace: sends frames in turn, at a rate.
 *
 * <p>Arguments: interface, frames a second, seconds, then the frames in hexadecimal.
 */
public final class Flood {

  private static final int SNAP_LENGTH = 2048;

  private Flood() {}

  /** Sends, and prints how many. */
  public static void main(String[] arguments) throws Exception {
    long rate = Long.parseLong(arguments[1]);
    long total = rate * Long.parseLong(arguments[2]);
    List<byte[]> frames = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      frames.add(HexFormat.of().parseHex(arguments[i]));
    }
    try (PcapHandle handle =
        new PcapHandle.Builder(arguments[0])
            .snaplen(SNAP_LENGTH)
            .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
            .build()) {
      long start = System.nanoTime();
      for (long sent = 0; sent < total; sent++) {
        long early = start + sent * 1_000_000_000L / rate - System.nanoTime();
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
        handle.sendPacket(frames.get((int) (sent % frames.size())));
      }
    }
    System.out.println(total);
  }
}
