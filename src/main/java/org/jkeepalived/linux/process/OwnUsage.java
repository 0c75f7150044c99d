package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the process takes of the machine, as the kernel says. */
public final class OwnUsage {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d{1,15}) kB$");
  private static final long KIBIBYTE = 1024;

  private OwnUsage() {}

  /** Memory that it has, in bytes; empty where the kernel does not say. */
  public static OptionalLong residentBytes() {
    try {
      Matcher found = RESIDENT.matcher(Files.readString(STATUS));
      return found.find()
          ? OptionalLong.of(Long.parseLong(found.group(1)) * KIBIBYTE)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Time of processors that it has used, in nanoseconds; empty where the kernel does not say. */
  public static OptionalLong processorNanos() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** When it was started, in seconds since 1970; empty where the kernel does not say. */
  public static OptionalLong startedSeconds() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(Instant::getEpochSecond)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
