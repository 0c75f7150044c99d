package org.jkeepalived.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * VRRP version 2's authentication (RFC 2338; removed by RFC 3768, still in wide use).
 *
 * @param type what the packet's Auth Type field says
 * @param password at most eight bytes, empty for {@code NONE}
 */
public record Authentication(Type type, byte[] password) {
  /** No authentication. */
  public static final Authentication NONE = new Authentication(Type.NONE, new byte[0]);

  /** The packet field's value is the ordinal. */
  public enum Type {
    NONE,
    SIMPLE_PASSWORD,
    /** IPsec's authentication header, whose key the password is. */
    IPSEC_AH
  }

  public Authentication {
    Objects.requireNonNull(type);
    password = password.clone();
    if (password.length > 8) {
      throw new IllegalArgumentException("a VRRP password has at most 8 bytes");
    }
  }

  @Override
  public byte[] password() {
    return password.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Authentication that
        && type == that.type
        && Arrays.equals(password, that.password);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(password);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return type.toString();
  }
}
