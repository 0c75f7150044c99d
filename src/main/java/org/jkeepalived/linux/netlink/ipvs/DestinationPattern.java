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
    DestinationSettings settings = change.settings();
    int at = writer.again(message, flags, sequence) + start;
    writer
        .put(at + ADDRESS_OFFSET, change.address().address().getAddress())
        .putNetworkU16(at + PORT_OFFSET, change.address().port())
        .putU32(at + WEIGHT_OFFSET, DestinationMessage.clamped(settings.weight()))
        .putU32(at + UPPER_OFFSET, DestinationMessage.clamped(settings.upperThreshold()))
        .putU32(at + LOWER_OFFSET, DestinationMessage.clamped(settings.lowerThreshold()));
  }
}
