package org.jkeepalived.linux.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers under /proc/sys/net, in the network namespace of the calling thread. */
public final class ProcSetting {
  private static final Path ROOT = Path.of("/proc/sys/net");

  private ProcSetting() {}

  /**
   * Reads one.
   *
   * @param path such as {@code ipv4/conf/eth0/arp_ignore}
   * @return empty where there is none
   */
  public static OptionalInt read(String path) {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(ROOT.resolve(path)).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Writes one.
   *
   * @return why it did not work, if it did not
   */
  public static Optional<String> write(String path, int value) {
    Path file = ROOT.resolve(path);
    try {
      Files.write(
          file, (value + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileError.text(e, file));
    }
  }
}
