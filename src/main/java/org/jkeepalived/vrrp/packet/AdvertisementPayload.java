package org.jkeepalived.vrrp.packet;

import static org.jkeepalived.vrrp.transport.BigEndian.put16;

import java.util.List;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.transport.InternetChecksum;

/**
 * One virtual router's advertisement: built once for a configuration; only priority and checksum
 * change from one to the next.
 */
public final class AdvertisementPayload {

  private final byte[] bytes;
  private final boolean pseudoHeader;

  /**
   * @param instance of version 2 or 3; of version 3 if its addresses are IPv6
   */
  public AdvertisementPayload(VrrpInstance instance) {
    pseudoHeader = ChecksumKind.of(instance) != ChecksumKind.PLAIN;
    bytes = new byte[length(instance)];
    write(instance);
  }

  /** The length of an instance's advertisements, in bytes. */
  public static int length(VrrpInstance instance) {
    return VrrpFormat.length(
        instance.protocol().version(),
        instance.key().family(),
        instance.addresses().advertised().size());
  }

  /** Its length in bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * The payload to send now; the same array each time.
   *
   * @param priority 0 to 255
   * @param addressSum the sum of the source's and the destination's 16-bit words, for version 3's
   *     pseudo header
   */
  public byte[] with(int priority, int addressSum) {
    bytes[VrrpFormat.PRIORITY] = (byte) priority;
    put16(bytes, VrrpFormat.CHECKSUM, 0);
    int sum = InternetChecksum.sum(bytes, 0, bytes.length);
    if (pseudoHeader) {
      sum += VrrpFormat.pseudoHeaderSum(addressSum, bytes.length);
    }
    put16(bytes, VrrpFormat.CHECKSUM, InternetChecksum.of(sum));
    return bytes;
  }

  private void write(VrrpInstance instance) {
    int version = instance.protocol().version();
    List<VirtualAddress> addresses = instance.addresses().advertised();
    bytes[VrrpFormat.VERSION_AND_TYPE] = (byte) (version << 4 | VrrpFormat.TYPE_ADVERTISEMENT);
    bytes[VrrpFormat.VIRTUAL_ROUTER_ID] = (byte) instance.key().virtualRouterId();
    bytes[VrrpFormat.ADDRESS_COUNT] = (byte) addresses.size();
    long interval = instance.protocol().advertIntervalNanos();
    Authentication authentication = instance.protocol().authentication();
    if (version == 2) {
      bytes[VrrpFormat.AUTHENTICATION_TYPE] = (byte) authentication.type().ordinal();
      bytes[VrrpFormat.INTERVAL_SECONDS] = (byte) (interval / VrrpFormat.SECOND_NANOS);
    } else {
      put16(bytes, VrrpFormat.INTERVAL_CENTIS, (int) (interval / VrrpFormat.CENTI_NANOS));
    }
    int at = VrrpFormat.ADDRESSES;
    for (VirtualAddress address : addresses) {
      byte[] told = address.address().getAddress();
      System.arraycopy(told, 0, bytes, at, told.length);
      at += told.length;
    }
    // COMPAT: what an authentication header protects has eight zeros in its place (captured)
    if (authentication.type() == Authentication.Type.SIMPLE_PASSWORD) {
      byte[] password = authentication.password();
      System.arraycopy(password, 0, bytes, at, password.length);
    }
  }
}
