package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import org.jkeepalived.model.AddressFamily;

/** Another endpoint of IPv4, to which packets go with an {@link AuthenticationHeader}. */
public final class AuthenticatedEndpoint implements Endpoint {

  private final Endpoint inner;
  private final int protocol;
  private final byte[] source;
  private final CheckValue checkValue;
  private final SequenceNumber sequence;
  private final byte[] room = new byte[2048];

  /**
   * @param inner made for {@link AuthenticationHeader#PROTOCOL_NUMBER}
   * @param protocol the number of what is sent, 0 to 255
   * @param source the IPv4 address that packets come from, 4 bytes
   * @param checkValue makes the check values
   * @param sequence the number that packets go by; whoever sends advances it
   */
  public AuthenticatedEndpoint(
      Endpoint inner, int protocol, byte[] source, CheckValue checkValue, SequenceNumber sequence) {
    this.inner = inner;
    this.protocol = protocol;
    this.source = source.clone();
    this.checkValue = checkValue;
    this.sequence = sequence;
  }

  @Override
  public int linkIndex() {
    return inner.linkIndex();
  }

  @Override
  public InetAddress destination() {
    return inner.destination();
  }

  @Override
  public AddressFamily family() {
    return inner.family();
  }

  @Override
  public boolean isGroup() {
    return inner.isGroup();
  }

  @Override
  public int addressSum() {
    return inner.addressSum();
  }

  @Override
  public int wrap(byte[] payload, int length, byte[] packet) {
    AuthenticationHeader.write(room, 0, protocol, source, sequence.bits());
    System.arraycopy(payload, 0, room, AuthenticationHeader.BYTES, length);
    int whole = AuthenticationHeader.BYTES + length;
    int end = inner.wrap(room, whole, packet);
    int headerAt = end - whole;
    checkValue.write(packet, headerAt - Ipv4Header.BYTES, headerAt, end);
    return end;
  }
}
