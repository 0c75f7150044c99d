package org.jkeepalived.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A VRRPv2 advertisement as somebody else might send it: right by default, then made wrong.
 *
 * @param cutTo bytes of the VRRP packet that are sent; more than it has are filled with zeros
 * @param damage added to the right checksum
 */
record ForgedAdvertisement(
    int version,
    int type,
    int vrid,
    int priority,
    int authType,
    String password,
    int interval,
    List<String> addresses,
    int ttl,
    int cutTo,
    int damage) {

  /** The node that it pretends to come from. */
  static final String SOURCE = "192.168.32.140";

  private static final int ETHERNET = 14;
  private static final int IP = 20;
  private static final int WHOLE = -1;

  ForgedAdvertisement {
    addresses = List.copyOf(addresses);
  }

  /** What a router of priority 250 would send for the instance of {@link FloodLabTest}. */
  static ForgedAdvertisement right() {
    return new ForgedAdvertisement(
        2, 1, 51, 250, 1, "1212", 1, List.of(TwoNodes.VIRTUAL), 255, WHOLE, 0);
  }

  /** What is wrong with a forged advertisement, and the line of the statistics that counts it. */
  enum Fault {
    TRUNCATED("Length", a -> a.cutTo(9)),
    OVERSIZED("Length", a -> a.cutTo(64)),
    CHECKSUM("", a -> a.damage(1)),
    TTL("TTL", a -> a.ttl(254)),
    VERSION("", a -> a.version(4)),
    TYPE("Invalid Type", a -> a.type(2)),
    PASSWORD("Failure", a -> a.password("4321")),
    AUTHENTICATION("Type Mismatch", a -> a.authType(0)),
    ADDRESS_LIST("Address List", a -> a.addresses(List.of("192.168.32.222"))),
    INTERVAL("Advertisement Interval", a -> a.interval(7)),
    FOREIGN_VRID("", a -> a.vrid(99));

    private final String counter;
    private final UnaryOperator<ForgedAdvertisement> change;

    Fault(String counter, UnaryOperator<ForgedAdvertisement> change) {
      this.counter = counter;
      this.change = change;
    }

    /** The line of keepalived's statistics file, empty where keepalived has none. */
    String counter() {
      return counter;
    }

    ForgedAdvertisement applied() {
      return change.apply(right());
    }
  }

  private ForgedAdvertisement version(int value) {
    return new ForgedAdvertisement(
        value, type, vrid, priority, authType, password, interval, addresses, ttl, cutTo, damage);
  }

  private ForgedAdvertisement type(int value) {
    return new ForgedAdvertisement(
        version, value, vrid, priority, authType, password, interval, addresses, ttl, cutTo,
        damage);
  }

  private ForgedAdvertisement vrid(int value) {
    return new ForgedAdvertisement(
        version, type, value, priority, authType, password, interval, addresses, ttl, cutTo,
        damage);
  }

  private ForgedAdvertisement authType(int value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, value, password, interval, addresses, ttl, cutTo, damage);
  }

  private ForgedAdvertisement password(String value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, value, interval, addresses, ttl, cutTo, damage);
  }

  private ForgedAdvertisement interval(int value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, password, value, addresses, ttl, cutTo, damage);
  }

  private ForgedAdvertisement addresses(List<String> value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, password, interval, value, ttl, cutTo, damage);
  }

  private ForgedAdvertisement ttl(int value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, password, interval, addresses, value, cutTo,
        damage);
  }

  private ForgedAdvertisement cutTo(int value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, password, interval, addresses, ttl, value, damage);
  }

  private ForgedAdvertisement damage(int value) {
    return new ForgedAdvertisement(
        version, type, vrid, priority, authType, password, interval, addresses, ttl, cutTo, value);
  }

  /** The Ethernet frame. */
  byte[] frame() {
    byte[] packet = packet();
    int length = cutTo == WHOLE ? packet.length : cutTo;
    ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IP + length);
    frame.put(new byte[] {1, 0, 0x5e, 0, 0, 0x12, 2, 0, 0, 0, 0, 1, 8, 0});
    frame.put((byte) 0x45).put((byte) 0xc0).putShort((short) (IP + length)).putInt(0);
    frame.put((byte) ttl).put((byte) 112).putShort((short) 0);
    frame.put(octets(SOURCE)).put(octets("224.0.0.18"));
    frame.putShort(ETHERNET + 10, checksum(frame.array(), ETHERNET, ETHERNET + IP));
    frame.put(Arrays.copyOf(packet, length));
    return frame.array();
  }

  private byte[] packet() {
    ByteBuffer packet = ByteBuffer.allocate(8 + 4 * addresses.size() + 8);
    packet.put((byte) (version << 4 | type)).put((byte) vrid).put((byte) priority);
    packet.put((byte) addresses.size()).put((byte) authType).put((byte) interval);
    packet.putShort((short) 0);
    addresses.forEach(address -> packet.put(octets(address)));
    packet.put(password.getBytes(StandardCharsets.US_ASCII));
    short sum = checksum(packet.array(), 0, packet.capacity());
    packet.putShort(6, (short) (sum + damage));
    return packet.array();
  }

  private static short checksum(byte[] bytes, int start, int end) {
    int sum = 0;
    for (int i = start; i < end; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    return (short) ~((sum & 0xffff) + (sum >> 16));
  }

  private static byte[] octets(String address) {
    String[] parts = address.split("\\.");
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    return octets;
  }
}
