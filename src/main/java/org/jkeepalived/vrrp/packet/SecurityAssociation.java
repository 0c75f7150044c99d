package org.jkeepalived.vrrp.packet;

import java.util.Optional;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.transport.AuthenticatedEndpoint;
import org.jkeepalived.vrrp.transport.AuthenticationHeader;
import org.jkeepalived.vrrp.transport.CheckValue;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/** Whether an instance's packets have an authentication header, with its key and its number. */
public final class SecurityAssociation {

  /** Only where there is one: making it loads what else nobody needs. */
  private final Optional<CheckValue> checkValue;

  private final SequenceNumber sequence;

  /**
   * @param sequence of what was sent and believed until now
   */
  public SecurityAssociation(VrrpInstance instance, SequenceNumber sequence) {
    this.sequence = sequence;
    checkValue =
        isOf(instance)
            ? Optional.of(new CheckValue(instance.protocol().authentication().password()))
            : Optional.empty();
  }

  /** Whether an instance has one. */
  public static boolean isOf(VrrpInstance instance) {
    return instance.protocol().authentication().type() == Authentication.Type.IPSEC_AH;
  }

  /** What stands between the IP header and the advertisement, in bytes. */
  public static int headerBytes(VrrpInstance instance) {
    return isOf(instance) ? AuthenticationHeader.BYTES : 0;
  }

  /** The number of what the IP header carries. */
  public int protocol() {
    return checkValue.isPresent()
        ? AuthenticationHeader.PROTOCOL_NUMBER
        : VrrpFormat.PROTOCOL_NUMBER;
  }

  /**
   * An endpoint whose packets have what is demanded.
   *
   * @param endpoint made for {@link #protocol}
   * @param source the address that packets come from
   */
  public Endpoint protect(Endpoint endpoint, byte[] source) {
    return checkValue
        .<Endpoint>map(
            made ->
                new AuthenticatedEndpoint(
                    endpoint, VrrpFormat.PROTOCOL_NUMBER, source, made, sequence))
        .orElse(endpoint);
  }

  /** One more advertisement is sent. */
  public void advance() {
    if (checkValue.isPresent()) {
      sequence.advance();
    }
  }

  /**
   * Why a packet is not to be believed; one that is believed is the last one from then on.
   *
   * <p>COMPAT: the order is keepalived 2.2.7's: index, check value, number.
   */
  Optional<Discard> check(ReceivedDatagram datagram) {
    if (checkValue.isPresent() != datagram.isAuthenticated()) {
      return Optional.of(Discard.AUTHENTICATION_HEADER);
    }
    if (checkValue.isEmpty()) {
      return Optional.empty();
    }
    if (!datagram.isSecurityIndexSource()) {
      return Optional.of(Discard.AUTHENTICATION_INDEX);
    }
    if (!datagram.hasCheckValue(checkValue.get())) {
      return Optional.of(Discard.AUTHENTICATION_VALUE);
    }
    return sequence.take(datagram.sequenceNumber())
        ? Optional.empty()
        : Optional.of(Discard.AUTHENTICATION_REPLAY);
  }

  /** In keepalived's words. */
  String explain(Discard reason, ReceivedDatagram datagram) {
    return switch (reason) {
      case AUTHENTICATION_INDEX ->
          String.format("IPSEC AH : invalid IPSEC SPI value. 0x%08x", datagram.securityIndex())
              + " and expect the source address";
      case AUTHENTICATION_VALUE ->
          "IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !";
      case AUTHENTICATION_REPLAY ->
          "IPSEC-AH : sequence number "
              + datagram.sequenceNumber()
              + " already processed. Packet dropped. Local("
              + sequence.get()
              + ")";
      default ->
          checkValue.isPresent()
              ? "received without IPSEC-AH, expecting it"
              : "received with IPSEC-AH, expecting none";
    };
  }
}
