package org.jkeepalived.control.http;

/** How an answer begins, and what it says where it has no page. */
enum HttpStatus {
  OK(200, "OK", ""),
  BAD_REQUEST(400, "Bad Request", "This is no request of HTTP/1.1."),
  NOT_ADDRESSED(
      403,
      "Forbidden",
      "Only requests to localhost or to an address are answered here, as http_address is loopback:"
          + " a web page of somebody else's could send your browser here by a name."),
  NOT_FOUND(404, "Not Found", "There is no such page, but:"),
  BAD_METHOD(405, "Method Not Allowed", "Pages can be read, by GET and HEAD, and nothing else."),
  HAS_BODY(413, "Content Too Large", "No request has a body here."),
  TOO_LARGE(431, "Request Header Fields Too Large", "No request has more than 8 KiB here."),
  FAILED(500, "Internal Server Error", "The page cannot be put together, see the daemon's log."),
  BUSY(503, "Service Unavailable", "There is no room for the page now, ask again."),
  NO_ANSWER(503, "Service Unavailable", "The daemon does not answer in time, see its log."),
  BAD_VERSION(505, "HTTP Version Not Supported", "HTTP/1.1 is spoken here.");

  private final int code;
  private final String reason;
  private final String text;

  HttpStatus(int code, String reason, String text) {
    this.code = code;
    this.reason = reason;
    this.text = text;
  }

  /** {@code HTTP/1.1 404 Not Found}. */
  String line() {
    return "HTTP/1.1 " + code + " " + reason;
  }

  /** For the person who reads the answer. */
  String text() {
    return text;
  }
}
