package org.jkeepalived.control.http;

import java.util.function.Consumer;

/** What is found under one path. It keeps nothing; all calls come from the thread of pages. */
public interface HttpPage {

  /** Nothing but the page itself: no script, no picture, no frame around it. */
  String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

  /** Where it is: {@code /} or {@code /metrics}, without a query. */
  String path();

  /** Of the text, which is sent in UTF-8: {@code text/html; charset=utf-8}. */
  String contentType();

  /** What a browser may load and do beside it: a {@code Content-Security-Policy}. */
  default String policy() {
    return NOTHING_ELSE;
  }

  /**
   * Puts it together, piece by piece; 10,000 instances make megabytes of it.
   *
   * @param look how everything is now
   */
  void write(HttpLook look, Consumer<String> pieces);
}
