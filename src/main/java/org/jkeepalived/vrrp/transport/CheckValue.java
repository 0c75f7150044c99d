package org.jkeepalived.vrrp.transport;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Makes the check values of authentication headers with one key: HMAC-MD5-96 (RFC 2104, RFC 2403)
 * of a whole IPv4 packet, less what routers change on its way. Nothing lives longer than a call.
 *
 * <p>COMPAT: keepalived counts the time to live among what they do not change in what is sent to a
 * group, and does not in what is sent to a peer (2.2.7, captured).
 */
public final class CheckValue {

  private static final int BLOCK_BYTES = 64;
  private static final int DIGEST_BYTES = 16;
  private static final int MOST_BYTES = 2048;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final MessageDigest digest;
  private final byte[] inner = new byte[BLOCK_BYTES];
  private final byte[] outer = new byte[BLOCK_BYTES];
  private final byte[] room = new byte[MOST_BYTES];
  private final byte[] value = new byte[DIGEST_BYTES];

  /**
   * @param key at most 64 bytes
   */
  public CheckValue(byte[] key) {
    if (key.length > BLOCK_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has it", impossible);
    }
    for (int i = 0; i < BLOCK_BYTES; i++) {
      byte own = i < key.length ? key[i] : 0;
      inner[i] = (byte) (own ^ INNER);
      outer[i] = (byte) (own ^ OUTER);
    }
  }

  /**
   * Puts it into a packet whose IP header is complete.
   *
   * @param at where the IP header starts
   * @param headerAt where the authentication header does
   * @param end one past the packet's last byte
   */
  void write(byte[] packet, int at, int headerAt, int end) {
    make(packet, at, headerAt, end);
    System.arraycopy(
        value,
        0,
        packet,
        headerAt + AuthenticationHeader.CHECK_VALUE,
        AuthenticationHeader.CHECK_VALUE_BYTES);
  }

  /** Whether it is in a packet; says no to one that is longer than any of ours. */
  boolean isIn(byte[] packet, int at, int headerAt, int end) {
    if (end - at > MOST_BYTES) {
      return false;
    }
    make(packet, at, headerAt, end);
    int from = headerAt + AuthenticationHeader.CHECK_VALUE;
    int difference = 0;
    for (int i = 0; i < AuthenticationHeader.CHECK_VALUE_BYTES; i++) {
      difference |= value[i] ^ packet[from + i];
    }
    return difference == 0;
  }

  private void make(byte[] packet, int at, int headerAt, int end) {
    int length = end - at;
    System.arraycopy(packet, at, room, 0, length);
    Ipv4Header.clearMutable(room, !Ipv4Header.isToGroup(room, 0));
    int from = headerAt - at + AuthenticationHeader.CHECK_VALUE;
    Arrays.fill(room, from, from + AuthenticationHeader.CHECK_VALUE_BYTES, (byte) 0);
    try {
      digest.reset();
      digest.update(inner);
      digest.update(room, 0, length);
      digest.digest(value, 0, DIGEST_BYTES);
      digest.update(outer);
      digest.update(value);
      digest.digest(value, 0, DIGEST_BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException("there is room for it", impossible);
    }
  }
}
