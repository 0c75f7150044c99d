package org.jkeepalived.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether this process's standard error is the journal's: systemd.exec(5), JOURNAL_STREAM. */
final class SystemdJournal {

  private SystemdJournal() {}

  /**
   * True if {@code JOURNAL_STREAM} names the device and inode of a standard stream: the variable
   * alone is also inherited by whatever a service starts with other streams.
   */
  static boolean isConnected(Map<String, String> environment, Path... streams) {
    String expected = environment.getOrDefault("JOURNAL_STREAM", "");
    if (expected.isEmpty()) {
      return false;
    }
    for (Path stream : streams) {
      if (expected.equals(deviceAndInode(stream))) {
        return true;
      }
    }
    return false;
  }

  private static String deviceAndInode(Path file) {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino");
      return attributes.get("dev") + ":" + attributes.get("ino");
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }
}
