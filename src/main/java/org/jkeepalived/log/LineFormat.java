package org.jkeepalived.log;

/** How a line becomes the one datagram that tells of it. */
interface LineFormat {
  String format(LogLine line);
}
