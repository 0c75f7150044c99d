package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code SSL}: what {@code SSL_GET} shows of this machine, and whom it believes.
 *
 * @param authority {@code ca}; as with keepalived nothing is verified against it
 * @param certificate the file with our own
 * @param key the file with its key
 * @param password of the key
 */
public record TlsFiles(
    Optional<String> authority,
    Optional<String> certificate,
    Optional<String> key,
    Optional<String> password) {
  /** Nothing is shown. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public TlsFiles {
    Objects.requireNonNull(authority);
    Objects.requireNonNull(certificate);
    Objects.requireNonNull(key);
    Objects.requireNonNull(password);
  }

  /** Whether nothing is shown, and nobody in particular believed. */
  boolean isNone() {
    return authority.isEmpty() && certificate.isEmpty() && key.isEmpty() && password.isEmpty();
  }

  /** Does not tell the password. */
  @Override
  public String toString() {
    return "TlsFiles[" + authority + ", " + certificate + ", " + key + "]";
  }
}
