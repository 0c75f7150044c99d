package org.jkeepalived.vrrp.packet;

import static org.jkeepalived.vrrp.packet.VrrpFormat.put16;

import java.net.InetAddress;
import java.util.List;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * One virtual router's advertisement as an Ethernet frame: built once for a configuration, a
 * hardware address and a source address; only priority, IP identification and checksums change from
 * one to the next.
 */
public final class AdvertisementFrame {

  private static final int IP = VrrpFormat.ETHERNET_BYTES;
  private static final int VRRP = IP + VrrpFormat.IP_HEADER_BYTES;
  private static final int IP_TOTAL_LENGTH = IP + 2;
  private static final int IP_IDENTIFICATION = IP + 4;
  private static final int IP_CHECKSUM = IP + 10;

  /** Internetwork Control, as keepalived and the RFC's successors mark it. */
  private static final int TOS_INTERNETWORK_CONTROL = 0xc0;

  private final byte[] bytes;
  private final int vrrpLength;
  private final boolean pseudoHeader;
  private int identification;

  /**
   * @param instance IPv4 multicast, version 2 or 3
   * @param hardwareAddress the link's own, 6 bytes
   * @param source the IPv4 address it comes from
   */
  public AdvertisementFrame(VrrpInstance instance, byte[] hardwareAddress, InetAddress source) {
    int version = instance.protocol().version();
    List<VirtualAddress> addresses = instance.addresses().advertised();
    vrrpLength = VrrpFormat.length(version, addresses.size());
    pseudoHeader = version == 3 && !instance.conduct().checksumAsVersion2();
    bytes = new byte[VRRP + vrrpLength];
    byte[] group = instance.key().group().getAddress();
    writeEthernet(group, hardwareAddress);
    writeIp(source.getAddress(), group);
    writeVrrp(instance, version, addresses);
  }

  /** The length of an instance's advertisements with their IP header, in bytes. */
  public static int ipLength(VrrpInstance instance) {
    return VrrpFormat.IP_HEADER_BYTES
        + VrrpFormat.length(
            instance.protocol().version(), instance.addresses().advertised().size());
  }

  /**
   * The frame to send now; the same array each time.
   *
   * @param priority 0 to 255
   */
  public byte[] next(int priority) {
    identification = (identification + 1) & 0xffff;
    put16(bytes, IP_IDENTIFICATION, identification);
    put16(bytes, IP_CHECKSUM, 0);
    put16(
        bytes,
        IP_CHECKSUM,
        VrrpFormat.checksum(VrrpFormat.sum(bytes, IP, VrrpFormat.IP_HEADER_BYTES)));
    bytes[VRRP + VrrpFormat.PRIORITY] = (byte) priority;
    put16(bytes, VRRP + VrrpFormat.CHECKSUM, 0);
    int sum = VrrpFormat.sum(bytes, VRRP, vrrpLength);
    if (pseudoHeader) {
      sum += VrrpFormat.pseudoHeaderSum(bytes, IP, vrrpLength);
    }
    put16(bytes, VRRP + VrrpFormat.CHECKSUM, VrrpFormat.checksum(sum));
    return bytes;
  }

  private void writeEthernet(byte[] group, byte[] hardwareAddress) {
    // RFC 1112 section 6.4: the low 23 bits of the group
    bytes[0] = 0x01;
    bytes[1] = 0x00;
    bytes[2] = 0x5e;
    bytes[3] = (byte) (group[1] & 0x7f);
    bytes[4] = group[2];
    bytes[5] = group[3];
    System.arraycopy(hardwareAddress, 0, bytes, 6, 6);
    put16(bytes, 12, 0x0800);
  }

  private void writeIp(byte[] source, byte[] group) {
    bytes[IP] = 0x45;
    bytes[IP + 1] = (byte) TOS_INTERNETWORK_CONTROL;
    put16(bytes, IP_TOTAL_LENGTH, VrrpFormat.IP_HEADER_BYTES + vrrpLength);
    bytes[IP + 8] = (byte) VrrpFormat.TTL;
    bytes[IP + 9] = (byte) VrrpFormat.PROTOCOL_NUMBER;
    System.arraycopy(source, 0, bytes, IP + 12, 4);
    System.arraycopy(group, 0, bytes, IP + 16, 4);
  }

  private void writeVrrp(VrrpInstance instance, int version, List<VirtualAddress> addresses) {
    bytes[VRRP] = (byte) (version << 4 | VrrpFormat.TYPE_ADVERTISEMENT);
    bytes[VRRP + VrrpFormat.VIRTUAL_ROUTER_ID] = (byte) instance.key().virtualRouterId();
    bytes[VRRP + VrrpFormat.ADDRESS_COUNT] = (byte) addresses.size();
    long interval = instance.protocol().advertIntervalNanos();
    Authentication authentication = instance.protocol().authentication();
    if (version == 2) {
      bytes[VRRP + VrrpFormat.AUTHENTICATION_TYPE] = (byte) authentication.type().ordinal();
      bytes[VRRP + VrrpFormat.INTERVAL_SECONDS] = (byte) (interval / VrrpFormat.SECOND_NANOS);
    } else {
      put16(bytes, VRRP + VrrpFormat.INTERVAL_CENTIS, (int) (interval / VrrpFormat.CENTI_NANOS));
    }
    int at = VRRP + VrrpFormat.ADDRESSES;
    for (VirtualAddress address : addresses) {
      System.arraycopy(address.address().getAddress(), 0, bytes, at, VrrpFormat.ADDRESS_BYTES);
      at += VrrpFormat.ADDRESS_BYTES;
    }
    if (version == 2) {
      byte[] password = authentication.password();
      System.arraycopy(password, 0, bytes, at, password.length);
    }
  }
}
