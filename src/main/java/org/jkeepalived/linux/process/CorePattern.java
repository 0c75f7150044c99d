package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The kernel's name for core files, changed for as long as the daemon runs: {@code -M}. */
public final class CorePattern implements AutoCloseable {

  /** Where the kernel keeps it: core(5). */
  public static final Path FILE = Path.of("/proc/sys/kernel/core_pattern");

  private final Path file;
  private final String original;

  private CorePattern(Path file, String original) {
    this.file = file;
    this.original = original;
  }

  /**
   * Sets the pattern for every process of this kernel.
   *
   * @param file {@link #FILE}
   * @throws IOException if this process may not
   */
  public static CorePattern set(Path file, String pattern) throws IOException {
    String original = Files.readString(file);
    Files.writeString(file, Objects.requireNonNull(pattern));
    return new CorePattern(file, original);
  }

  /** Puts back what was there. */
  @Override
  public void close() throws IOException {
    Files.writeString(file, original);
  }
}
