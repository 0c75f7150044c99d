package org.jkeepalived.vrrp.packet;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Discrepancy;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/**
 * The checks that a received packet passes before the state machine hears of it (RFC 3768 section
 * 7.1, RFC 9568 section 7.1), in a fixed order, with keepalived's words for what is wrong.
 */
public final class ReceiveChecks {

  private static final ChecksumKind[] OTHER_KINDS = ChecksumKind.values();

  private final VrrpInstance instance;
  private final int version;
  private final AddressFamily family;
  private final byte[] password;
  private final ChecksumKind ownKind;
  private final List<byte[]> advertised;
  private final SecurityAssociation association;
  private final PeerChecks peers;
  private final SenderChecks senders;
  private final OldChecksum old;
  private final boolean mayBePlain;

  /** That of the last packet whose checksum was right. */
  private ChecksumKind kind;

  public ReceiveChecks(VrrpInstance instance) {
    this(instance, new SequenceNumber());
  }

  /**
   * @param sequence of the authenticated packets that were sent and believed until now
   */
  public ReceiveChecks(VrrpInstance instance, SequenceNumber sequence) {
    association = new SecurityAssociation(instance, sequence);
    this.instance = instance;
    version = instance.protocol().version();
    password = instance.protocol().authentication().password();
    family = instance.key().family();
    ownKind = ChecksumKind.of(instance);
    kind = ownKind;
    advertised =
        instance.addresses().advertised().stream()
            .map(VirtualAddress::address)
            .map(InetAddress::getAddress)
            .toList();
    peers = new PeerChecks(instance.protocol().unicast());
    senders = new SenderChecks(instance.conduct().senders());
    old = new OldChecksum(instance);
    mayBePlain = family == AddressFamily.IPV4;
  }

  /**
   * Why {@code packet} is not to be believed.
   *
   * @param datagram how it came
   * @param packet what it says
   * @return empty when nothing is wrong
   */
  public Optional<Discard> check(ReceivedDatagram datagram, AdvertisementView packet) {
    if (!senders.allow(datagram)) {
      return Optional.of(Discard.NOT_ALLOWED);
    }
    int expected = expectedLength(packet);
    if (packet.length() != expected) {
      return Optional.of(packet.length() < expected ? Discard.TOO_SHORT : Discard.TOO_LONG);
    }
    Optional<Discard> way = checkWay(datagram);
    if (way.isPresent()) {
      return way;
    }
    if (packet.version() != version) {
      return Optional.of(Discard.VERSION);
    }
    Optional<Discard> untrue = association.check(datagram);
    if (untrue.isPresent()) {
      return untrue;
    }
    if (packet.type() != VrrpFormat.TYPE_ADVERTISEMENT) {
      return Optional.of(Discard.TYPE);
    }
    if (!findsChecksum(datagram, packet)) {
      return Optional.of(Discard.CHECKSUM);
    }
    if (version == 2) {
      Optional<Discard> authentication = checkAuthentication(packet);
      if (authentication.isPresent()) {
        return authentication;
      }
    }
    return isWrongInterval(packet) ? Optional.of(Discard.INTERVAL) : Optional.empty();
  }

  private int expectedLength(AdvertisementView packet) {
    return VrrpFormat.length(packet.version() == 2 ? 2 : 3, family, packet.addressCount());
  }

  /** Whether one of the instance's peers sent it. */
  public boolean isPeer(ReceivedDatagram datagram) {
    return peers.isPeer(datagram);
  }

  /** What was sent to a group has left no link; a peer may be any number of routers away. */
  private Optional<Discard> checkWay(ReceivedDatagram datagram) {
    if (instance.key().isUnicast()) {
      return peers.check(datagram);
    }
    return datagram.hopLimit() == VrrpFormat.HOP_LIMIT
        ? Optional.empty()
        : Optional.of(Discard.TTL);
  }

  /**
   * Looks for the kind of a checksum: first the one that we make, which most neighbours make, too.
   *
   * <p>COMPAT: keepalived believes none but that one, and a {@link ChecksumKind#OLD_UNICAST}.
   */
  private boolean findsChecksum(ReceivedDatagram datagram, AdvertisementView packet) {
    if (isOfKind(ownKind, datagram, packet)) {
      kind = ownKind;
      return true;
    }
    if (version == 2) {
      return false;
    }
    for (ChecksumKind other : OTHER_KINDS) {
      if (other != ownKind && isOfKind(other, datagram, packet)) {
        kind = other;
        return true;
      }
    }
    return false;
  }

  private boolean isOfKind(ChecksumKind one, ReceivedDatagram datagram, AdvertisementView packet) {
    return switch (one) {
      case PLAIN -> mayBePlain && packet.isChecksumRight();
      case PSEUDO_HEADER -> packet.isChecksumRight(datagram.addressSum());
      case OLD_UNICAST ->
          old.isBelieved() && packet.isChecksumRight(old.addressSum(datagram.sourceSum()));
    };
  }

  /** How the checksum of the packet was made that passed last. */
  public ChecksumKind checksumKind() {
    return kind;
  }

  /** How we make them. */
  public ChecksumKind ownKind() {
    return ownKind;
  }

  private Optional<Discard> checkAuthentication(AdvertisementView packet) {
    int type = packet.authenticationType();
    if (type > 2) {
      return Optional.of(Discard.AUTHENTICATION_TYPE_UNKNOWN);
    }
    if (type != instance.protocol().authentication().type().ordinal()) {
      return Optional.of(Discard.AUTHENTICATION_TYPE_MISMATCH);
    }
    return type == Authentication.Type.SIMPLE_PASSWORD.ordinal() && !packet.hasPassword(password)
        ? Optional.of(Discard.AUTHENTICATION_FAILURE)
        : Optional.empty();
  }

  /** Version 2 demands the same interval; version 3 learns it, but cannot count with none. */
  private boolean isWrongInterval(AdvertisementView packet) {
    return version == 2
        ? packet.intervalNanos() != instance.protocol().advertIntervalNanos()
        : packet.intervalNanos() == 0;
  }

  /**
   * How the addresses of a packet that is to be believed differ from ours.
   *
   * @param fromKnownMaster it comes from the sender of the last good one, whose address list need
   *     not be looked at again under {@code skip_check_adv_addr}
   * @return empty when they do not differ
   */
  public Optional<Discrepancy> compareAddresses(AdvertisementView packet, boolean fromKnownMaster) {
    if (fromKnownMaster && instance.conduct().skipCheckAddresses()) {
      return Optional.empty();
    }
    if (packet.addressCount() != advertised.size()) {
      return Optional.of(Discrepancy.ADDRESS_COUNT);
    }
    for (byte[] address : advertised) {
      if (!packet.lists(address)) {
        return Optional.of(Discrepancy.ADDRESS_LIST);
      }
    }
    return Optional.empty();
  }

  /** Whether the interval of a packet that is to be believed is another one than ours. */
  public boolean hasOtherInterval(AdvertisementView packet) {
    return packet.intervalNanos() != instance.protocol().advertIntervalNanos();
  }

  /** Says in keepalived's words what differs, with ours and theirs. */
  public String explain(Discrepancy difference, AdvertisementView packet) {
    return switch (difference) {
      case ADDRESS_COUNT ->
          "expected " + advertised.size() + " VIPs but received " + packet.addressCount();
      case ADDRESS_LIST ->
          "ip address associated with VRID "
              + packet.virtualRouterId()
              + " not present in MASTER advert: "
              + missing(packet);
      case INTERVAL ->
          "advertisement interval mismatch ours = "
              + centis(instance.protocol().advertIntervalNanos())
              + " centi-sec rcv'd="
              + centis(packet.intervalNanos())
              + " centi-sec";
    };
  }

  private static long centis(long nanos) {
    return nanos / VrrpFormat.CENTI_NANOS;
  }

  /** Says in keepalived's words what was wrong, with found and expected. */
  public String explain(Discard reason, ReceivedDatagram datagram, AdvertisementView packet) {
    return switch (reason) {
      case NOT_ALLOWED ->
          "sender " + NumericAddress.of(datagram.source()) + " is not among those of allow_from";
      case TOO_SHORT, TOO_LONG ->
          "vrrp packet too "
              + (reason == Discard.TOO_SHORT ? "short" : "long")
              + ", length "
              + (datagram.headerLength() + packet.length())
              + " and expect "
              + (datagram.headerLength() + expectedLength(packet));
      case TTL ->
          instance.key().isUnicast()
              ? peers.explainHopLimit(datagram)
              : "invalid TTL/HL. Received " + datagram.hopLimit() + " and expect 255";
      case SOURCE ->
          "unicast source address " + NumericAddress.of(datagram.source()) + " not a unicast peer";
      case VERSION -> "invalid version. " + packet.version() + " and expect " + version;
      case TYPE -> "Invalid packet type. " + packet.type() + " and expect 1";
      case CHECKSUM -> "Invalid VRRPv" + version + " checksum";
      case AUTHENTICATION_TYPE_UNKNOWN -> "Invalid auth type: " + packet.authenticationType();
      case AUTHENTICATION_TYPE_MISMATCH ->
          "received a "
              + packet.authenticationType()
              + " auth, expecting "
              + instance.protocol().authentication().type().ordinal()
              + "!";
      case AUTHENTICATION_FAILURE -> "received an invalid passwd!";
      case AUTHENTICATION_HEADER,
          AUTHENTICATION_INDEX,
          AUTHENTICATION_VALUE,
          AUTHENTICATION_REPLAY ->
          association.explain(reason, datagram);
      case INTERVAL ->
          version == 2
              ? "advertisement interval mismatch mine="
                  + instance.protocol().advertIntervalNanos() / VrrpFormat.SECOND_NANOS
                  + " sec rcv'd="
                  + packet.intervalNanos() / VrrpFormat.SECOND_NANOS
                  + " sec"
              : "advertisement interval of 0 received";
    };
  }

  private String missing(AdvertisementView packet) {
    return instance.addresses().advertised().stream()
        .map(VirtualAddress::address)
        .filter(address -> !packet.lists(address.getAddress()))
        .map(NumericAddress::of)
        .findFirst()
        .orElse("");
  }

  /** The interval to believe: version 2's own, version 3's as received. */
  public long intervalNanos(AdvertisementView packet) {
    return packet.intervalNanos();
  }
}
