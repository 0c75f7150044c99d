package org.jkeepalived.linux.netlink.ipvs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What ipvsadm and the kernel said to each other: {@code ipvsadm.txt}. */
final class CapturedMessages {

  private final Map<String, List<byte[]>> requests = new LinkedHashMap<>();
  private final Map<String, List<byte[]>> answers = new LinkedHashMap<>();

  private CapturedMessages() {}

  static CapturedMessages read() {
    CapturedMessages all = new CapturedMessages();
    try (InputStream file = CapturedMessages.class.getResourceAsStream("ipvsadm.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      String section = "";
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        String text = line.substring(2);
        switch (line.charAt(0)) {
          case '#' -> section = text;
          case '>' -> add(all.requests, section, text);
          default -> add(all.answers, section, text);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Map<String, List<byte[]>> to, String section, String hex) {
    to.computeIfAbsent(section, name -> new ArrayList<>()).add(HexFormat.of().parseHex(hex));
  }

  /** The first request of a section, such as {@code ipvsadm -C}. */
  byte[] request(String section) {
    return requests.get(section).get(0);
  }

  /** All that the kernel told, in their order; the last of them once more ends a table. */
  List<byte[]> answers(String section) {
    return answers.get(section);
  }
}
