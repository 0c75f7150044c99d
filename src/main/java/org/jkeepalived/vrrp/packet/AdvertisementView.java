package org.jkeepalived.vrrp.packet;

import static org.jkeepalived.vrrp.transport.BigEndian.u16;
import static org.jkeepalived.vrrp.transport.BigEndian.u8;

import java.util.Arrays;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.vrrp.transport.InternetChecksum;

/**
 * A view of the bytes of one payload that was received. One object serves for all: {@link #read}
 * points it at the next one; its getters are of use only after {@code read} said yes.
 */
public final class AdvertisementView {

  private byte[] bytes = new byte[0];
  private int at;
  private int length;

  /**
   * @param payload the array that holds the payload
   * @param offset where it starts
   * @param size its length in bytes
   * @return whether it holds at least a VRRP header
   */
  public boolean read(byte[] payload, int offset, int size) {
    if (offset < 0 || size < VrrpFormat.HEADER_BYTES || offset > payload.length - size) {
      return false;
    }
    bytes = payload;
    at = offset;
    length = size;
    return true;
  }

  /** Its length in bytes. */
  int length() {
    return length;
  }

  public int version() {
    return u8(bytes, at) >>> 4;
  }

  int type() {
    return u8(bytes, at) & 0x0f;
  }

  public int virtualRouterId() {
    return u8(bytes, at + VrrpFormat.VIRTUAL_ROUTER_ID);
  }

  public int priority() {
    return u8(bytes, at + VrrpFormat.PRIORITY);
  }

  /** How many addresses it says that it lists, 0 to 255. */
  public int addressCount() {
    return u8(bytes, at + VrrpFormat.ADDRESS_COUNT);
  }

  int authenticationType() {
    return u8(bytes, at + VrrpFormat.AUTHENTICATION_TYPE);
  }

  /** The advertised interval: version 2's whole seconds, version 3's hundredths. */
  long intervalNanos() {
    return version() == 2
        ? u8(bytes, at + VrrpFormat.INTERVAL_SECONDS) * VrrpFormat.SECOND_NANOS
        : (u16(bytes, at + VrrpFormat.INTERVAL_CENTIS) & 0x0fff) * VrrpFormat.CENTI_NANOS;
  }

  /** Whether the checksum is right, as version 2 counts it. */
  boolean isChecksumRight() {
    return InternetChecksum.of(InternetChecksum.sum(bytes, at, length)) == 0;
  }

  /**
   * Whether the checksum is right with version 3's pseudo header.
   *
   * @param addressSum the sum of the source's and the destination's 16-bit words
   */
  boolean isChecksumRight(int addressSum) {
    return InternetChecksum.of(
            InternetChecksum.sum(bytes, at, length)
                + VrrpFormat.pseudoHeaderSum(addressSum, length))
        == 0;
  }

  /** Whether the authentication data are {@code password}, padded with zeros. */
  boolean hasPassword(byte[] password) {
    int first = at + VrrpFormat.HEADER_BYTES + addressCount() * AddressFamily.IPV4.bytes();
    int difference = 0;
    for (int i = 0; i < VrrpFormat.AUTHENTICATION_BYTES; i++) {
      difference |= bytes[first + i] ^ (i < password.length ? password[i] : 0);
    }
    return difference == 0;
  }

  /** Whether {@code address}, of the packet's family, is in the list. */
  boolean lists(byte[] address) {
    int first = at + VrrpFormat.ADDRESSES;
    int end = first + addressCount() * address.length;
    for (int entry = first; entry < end; entry += address.length) {
      if (Arrays.equals(bytes, entry, entry + address.length, address, 0, address.length)) {
        return true;
      }
    }
    return false;
  }
}
