package org.jkeepalived.model.lvs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code url}: what is asked for, and what answer is wanted.
 *
 * @param path as it is sent
 * @param virtualHost as it is sent; empty for the address and port that are asked
 * @param digest MD5 of the body in 32 small hexadecimal digits
 * @param statuses the status must be in one of them
 * @param pattern what the body must match, or must not
 * @param compliant {@code tls_compliant}: its connection is closed with a close_notify
 */
public record HttpUrl(
    String path,
    Optional<String> virtualHost,
    Optional<String> digest,
    List<Statuses> statuses,
    Optional<BodyPattern> pattern,
    boolean compliant) {
  public HttpUrl {
    Objects.requireNonNull(path);
    Objects.requireNonNull(virtualHost);
    Objects.requireNonNull(digest);
    statuses = List.copyOf(statuses);
    Objects.requireNonNull(pattern);
  }

  /** Status codes in a row, both ends included; 100 to 599. */
  public record Statuses(int first, int last) {
    /** What holds where nothing is said. */
    public static final Statuses SUCCESS = new Statuses(200, 299);
  }

  /**
   * A regular expression on the body.
   *
   * @param text as it was written; it compiles
   * @param refused {@code regex_no_match}: a match is a failure
   * @param options {@code regex_options}, keepalived's names
   * @param minOffset where in the body the search begins
   * @param maxOffset up to where a match may begin; empty for no bound
   */
  public record BodyPattern(
      String text, boolean refused, List<String> options, long minOffset, OptionalLong maxOffset) {
    public BodyPattern {
      Objects.requireNonNull(text);
      options = List.copyOf(options);
      Objects.requireNonNull(maxOffset);
    }
  }
}
