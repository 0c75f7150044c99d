package org.jkeepalived.lvs.check;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What of an answer is worth knowing.
 *
 * @param status 100 to 999; 0 where there is none
 * @param contentLength what the header says of the body
 * @param bodyBytes how much of it has come, as it was sent
 * @param digest MD5 of the body as it was sent, in small hexadecimal digits; empty if not wanted
 * @param found whether the body has what was looked for; empty if nothing was, or if that cannot be
 *     decided
 * @param fault what is wrong with the answer itself, in a line
 */
record HttpResponse(
    int status,
    OptionalLong contentLength,
    long bodyBytes,
    Optional<String> digest,
    Optional<Boolean> found,
    Optional<String> fault) {
  HttpResponse {
    Objects.requireNonNull(contentLength);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(found);
    Objects.requireNonNull(fault);
  }
}
