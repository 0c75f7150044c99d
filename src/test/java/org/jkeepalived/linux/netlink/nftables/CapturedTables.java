package org.jkeepalived.linux.netlink.nftables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What keepalived 2.2.7 and the kernel said to each other: {@code keepalived.txt}. */
final class CapturedTables {

  private final Map<String, byte[]> messages = new LinkedHashMap<>();

  private CapturedTables() {}

  static CapturedTables read() {
    CapturedTables all = new CapturedTables();
    try (InputStream file = CapturedTables.class.getResourceAsStream("keepalived.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      for (int i = 0; i < lines.size(); i += 2) {
        all.messages.put(
            lines.get(i).substring(2), HexFormat.of().parseHex(lines.get(i + 1).substring(2)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message, such as {@code IPv4 rule}: of keepalived, or of the kernel. */
  byte[] message(String name) {
    return Objects.requireNonNull(messages.get(name), name).clone();
  }
}
