package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;

/**
 * Ports that are opened at the start while the rest of it goes on: for each the kernel waits 12 ms
 * or more until nobody looks at its links any more. Whoever asks for one of them gets it, once.
 * Lives on the thread that opens links.
 */
final class PreparedPorts implements LinkPortSet.Opener {

  private final LinkPortSet.Opener kernel;

  /** By all that whoever asks must ask for. */
  private final Map<String, LinkPort> ports = new HashMap<>();

  PreparedPorts(LinkPortSet.Opener kernel) {
    this.kernel = kernel;
  }

  /** Opens one, if that can be done now. */
  void open(String link, CaptureFilter filter, int ringBytes, int snapshotBytes) {
    try {
      ports.put(
          key(link, filter, ringBytes, snapshotBytes),
          kernel.port(link, filter, ringBytes, snapshotBytes));
    } catch (SystemCallException | RuntimeException e) {
      // whoever asks for it hears why
    }
  }

  @Override
  public LinkPort port(String link, CaptureFilter filter, int ringBytes, int snapshotBytes)
      throws SystemCallException {
    LinkPort prepared = ports.remove(key(link, filter, ringBytes, snapshotBytes));
    return prepared == null ? kernel.port(link, filter, ringBytes, snapshotBytes) : prepared;
  }

  private static String key(String link, CaptureFilter filter, int ringBytes, int snapshotBytes) {
    return link + ' ' + ringBytes + ' ' + snapshotBytes + ' ' + filter.heard();
  }

  @Override
  public GroupMembership membership(int linkIndex, InetAddress group) throws SystemCallException {
    return kernel.membership(linkIndex, group);
  }

  /** Closes those that nobody has asked for. */
  void closeRest() {
    ports.values().forEach(LinkPort::close);
    ports.clear();
  }
}
