package org.jkeepalived.linux.netlink.ipvs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.TableChange.AddDestination;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Forwarding;

/**
 * A request for a real server as bytes, for the next one of the same service that is reached the
 * same way: only address, port, weight and thresholds are written anew.
 */
final class DestinationPattern {

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  // from the attribute of the real server on, see DestinationMessage
  private static final int ADDRESS_OFFSET = 8;
  private static final int PORT_OFFSET = 28;
  private static final int WEIGHT_OFFSET = 44;
  private static final int UPPER_OFFSET = 52;
  private static final int LOWER_OFFSET = 60;

  private final AddDestination first;
  private final boolean tunnelKinds;
  private final AddressFamily family;
  private final byte[] message;
  private final int start;

  private DestinationPattern(AddDestination first, boolean tunnelKinds, byte[] message) {
    this.first = first;
    this.tunnelKinds = tunnelKinds;
    this.message = message;
    family = first.address().family();
    int service = MessageWriter.HEADER_BYTES + GenericNetlink.HEADER_BYTES;
    start = service + ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).getShort(service);
  }

  /**
   * The pattern of a request.
   *
   * @param writer where it was written last
   * @return empty where the families differ, and the attributes stand elsewhere
   */
  static Optional<DestinationPattern> of(
      AddDestination change, boolean tunnelKinds, MessageWriter writer) {
    return change.address().family() == change.service().family()
        ? Optional.of(new DestinationPattern(change, tunnelKinds, writer.last()))
        : Optional.empty();
  }

  /** Whether it is one for that request; it need not notice that two services are the same. */
  boolean fits(AddDestination change, boolean withTunnelKinds) {
    return change.service() == first.service()
        && change.address().family() == family
        && withTunnelKinds == tunnelKinds
        && isReachedTheSameWay(change.settings().forwarding());
  }

  private boolean isReachedTheSameWay(Forwarding forwarding) {
    Forwarding known = first.settings().forwarding();
    return forwarding == known || forwarding.equals(known);
  }

  void write(MessageWriter writer, AddDestination change, int flags, int sequence) {
    put16(MessageWriter.FLAGS_OFFSET, flags);
    put32(MessageWriter.SEQUENCE_OFFSET, sequence);
    byte[] address = change.address().address().getAddress();
    System.arraycopy(address, 0, message, start + ADDRESS_OFFSET, address.length);
    int port = change.address().port();
    message[start + PORT_OFFSET] = (byte) (port >> 8);
    message[start + PORT_OFFSET + 1] = (byte) port;
    DestinationSettings settings = change.settings();
    put32(start + WEIGHT_OFFSET, (int) DestinationMessage.clamped(settings.weight()));
    put32(start + UPPER_OFFSET, (int) DestinationMessage.clamped(settings.upperThreshold()));
    put32(start + LOWER_OFFSET, (int) DestinationMessage.clamped(settings.lowerThreshold()));
    writer.append(message);
  }

  // by hand: a ByteBuffer's way to a number is a dozen calls, which count while the JVM interprets

  private void put16(int at, int value) {
    message[at + (LITTLE_ENDIAN ? 0 : 1)] = (byte) value;
    message[at + (LITTLE_ENDIAN ? 1 : 0)] = (byte) (value >> 8);
  }

  private void put32(int at, int value) {
    int bytes = LITTLE_ENDIAN ? value : Integer.reverseBytes(value);
    message[at] = (byte) bytes;
    message[at + 1] = (byte) (bytes >> 8);
    message[at + 2] = (byte) (bytes >> 16);
    message[at + 3] = (byte) (bytes >> 24);
  }
}
