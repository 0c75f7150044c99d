package org.jkeepalived.linux.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks through what inotify(7) tells. It never throws: an event that is cut off ends the walk.
 *
 * <pre>
 * struct inotify_event: watch (4), mask (4), cookie (4), length of the name (4), name, zeros
 * </pre>
 */
final class InotifyEvents {
  private static final int HEADER_BYTES = 16;

  private InotifyEvents() {}

  /** Tells each event between the buffer's position and its limit. */
  static void tell(ByteBuffer events, Inotify.Listener listener) {
    int at = events.position();
    while (events.limit() - at >= HEADER_BYTES) {
      long length = Integer.toUnsignedLong(events.getInt(at + 12));
      if (length > events.limit() - at - HEADER_BYTES) {
        return;
      }
      String name = name(events, at + HEADER_BYTES, (int) length);
      listener.changed(events.getInt(at), events.getInt(at + 4), name);
      at += HEADER_BYTES + (int) length;
    }
  }

  private static String name(ByteBuffer events, int from, int most) {
    int length = 0;
    while (length < most && events.get(from + length) != 0) {
      length++;
    }
    byte[] bytes = new byte[length];
    events.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
