package org.jkeepalived.linux.packet;

import java.io.IOException;
import java.util.HexFormat;
import org.jkeepalived.linux.Poller;

/**
 * A tool: prints the frames that arrive on a link.
 *
 * <pre>java -Dorg.pcap4j.core.pcapLibName=libpcap.so.0.8 -cp 'jkeepalived.jar:lib/*' \\
 *     org.jkeepalived.linux.packet.ShowFrames eth0 ['arp or ip proto 112']</pre>
 */
final class ShowFrames {
  private ShowFrames() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: ShowFrames INTERFACE [FILTER]");
      System.exit(2);
    }
    String filter = arguments.length > 1 ? arguments[1] : LinkPort.ADVERTISEMENTS;
    FrameHandler print =
        (frame, length) ->
            System.out.println(HexFormat.ofDelimiter(" ").formatHex(frame, 0, length));
    try (Poller poller = new Poller();
        LinkPort port = LinkPort.open(arguments[0], filter, LinkPort.DEFAULT_RING_BYTES)) {
      poller.add(port.fd(), () -> port.drain(print, 64));
      while (port.condition() == LinkPort.PortState.CAPTURING) {
        poller.poll(Long.MAX_VALUE);
      }
    }
  }
}
