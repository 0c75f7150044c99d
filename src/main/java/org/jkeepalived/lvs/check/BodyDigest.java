package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The MD5 of a body, as genhash(1) tells it. */
final class BodyDigest {

  private final MessageDigest md5;

  BodyDigest() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  void add(ByteBuffer bytes) {
    md5.update(bytes);
  }

  /** In 32 small hexadecimal digits; it begins anew then. */
  String text() {
    return HexFormat.of().formatHex(md5.digest());
  }
}
