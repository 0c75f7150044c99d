package org.jkeepalived.control.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The head of a request (RFC 9112), as far as it counts here. Nothing that is read makes it throw.
 *
 * @param path what is asked for, without a query
 * @param headOnly whether the page itself is not wanted
 * @param host whom it is addressed to, with a port where there is one; empty where it does not say
 */
record HttpRequest(String path, boolean headOnly, Optional<String> host) {

  private static final String SCHEME = "http://";

  HttpRequest {
    Objects.requireNonNull(path);
    Objects.requireNonNull(host);
  }

  /**
   * What has become of reading one.
   *
   * @param request empty unless the status is OK
   */
  record Reading(HttpStatus status, Optional<HttpRequest> request) {
    private static Reading refused(HttpStatus status) {
      return new Reading(status, Optional.empty());
    }
  }

  /**
   * Where a head ends.
   *
   * @param bytes the first {@code length} of them have arrived
   * @return the number of its bytes, with the empty line that ends it; 0 where it is not whole
   */
  static int end(byte[] bytes, int length) {
    boolean lineIsEmpty = false;
    for (int at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        if (lineIsEmpty) {
          return at + 1;
        }
        lineIsEmpty = true;
      } else if (bytes[at] != '\r') {
        lineIsEmpty = false;
      }
    }
    return 0;
  }

  /** Whether a request can begin so at all: what encrypts, for instance, does not. */
  static boolean mayBegin(byte first) {
    return first >= 'A' && first <= 'Z';
  }

  /** Reads the head that the first {@code length} bytes are. */
  static Reading read(byte[] bytes, int length) {
    String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r?\n");
    String[] words = lines.length == 0 ? new String[0] : lines[0].split(" ");
    if (words.length != 3 || !words[2].startsWith("HTTP/")) {
      return Reading.refused(HttpStatus.BAD_REQUEST);
    }
    if (!words[2].startsWith("HTTP/1.")) {
      return Reading.refused(HttpStatus.BAD_VERSION);
    }
    boolean headOnly = words[0].equals("HEAD");
    if (!headOnly && !words[0].equals("GET")) {
      return Reading.refused(HttpStatus.BAD_METHOD);
    }
    Optional<String> host = Optional.empty();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        return Reading.refused(HttpStatus.BAD_REQUEST);
      }
      String value = lines[i].substring(colon + 1).strip();
      switch (lines[i].substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "host" -> host = Optional.of(value);
        case "transfer-encoding" -> {
          return Reading.refused(HttpStatus.HAS_BODY);
        }
        case "content-length" -> {
          if (!value.equals("0")) {
            return Reading.refused(HttpStatus.HAS_BODY);
          }
        }
        default -> {
          // nothing here depends on it
        }
      }
    }
    return of(words[1], headOnly, host);
  }

  private static Reading of(String target, boolean headOnly, Optional<String> host) {
    if (target.startsWith(SCHEME)) {
      // what a proxy is sent; it counts more than the field
      String rest = target.substring(SCHEME.length());
      int slash = rest.indexOf('/');
      Optional<String> named = Optional.of(slash < 0 ? rest : rest.substring(0, slash));
      return of(slash < 0 ? "/" : rest.substring(slash), headOnly, named);
    }
    if (!target.startsWith("/")) {
      return Reading.refused(HttpStatus.BAD_REQUEST);
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return new Reading(HttpStatus.OK, Optional.of(new HttpRequest(path, headOnly, host)));
  }

  /**
   * Whether it is addressed to this machine itself: by an address, or as {@code localhost}. A name
   * of somebody else's may mean this machine as well, to a browser that was lured there, and then
   * their page could read ours.
   */
  boolean isToThisMachine() {
    String name = host.map(HttpRequest::withoutPort).orElse("localhost");
    return name.startsWith("[") || name.matches("[0-9.]+") || name.equalsIgnoreCase("localhost");
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
