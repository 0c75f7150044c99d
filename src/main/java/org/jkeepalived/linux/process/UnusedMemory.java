package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.NativeFunction;

/**
 * Memory that only the start, or a reload, has needed, given back to the kernel: a quarter of what
 * the process has then.
 *
 * <p>The code of the Java VM and its archive of classes are mapped from files. The kernel maps them
 * in pieces of 64 KiB around what is touched, and most of that is never looked at again; whatever
 * is, is mapped again, from the page cache and without a disk. Memory that is locked (no_swap)
 * stays.
 */
public final class UnusedMemory {

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final int MADV_DONTNEED = 4;

  /** A reading of some hundred instances leaves the heap smaller. */
  private static final long LARGE_HEAP_BYTES = 48L << 20;

  private static final NativeFunction MADVISE = NativeFunction.ofLibc("madvise");

  /** glibc's. */
  private static final Optional<NativeFunction> MALLOC_TRIM =
      NativeFunction.ofLibcIfPresent("malloc_trim");

  private UnusedMemory() {}

  /**
   * Gives it back; takes some milliseconds, and the time of a collection where the heap has become
   * large: it shrinks to what lives in it and as much again.
   */
  public static void giveBack() {
    if (Runtime.getRuntime().totalMemory() > LARGE_HEAP_BYTES) {
      System.gc();
    }
    MALLOC_TRIM.ifPresent(trim -> trim.call(0));
    try {
      // in the C locale's bytes: names of files may be anything
      giveBack(Files.readAllLines(MAPPINGS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // then it is kept, as other programs do
    }
  }

  private static void giveBack(List<String> lines) {
    Optional<String> mapping = Optional.empty();
    for (String line : lines) {
      if (isMapping(line)) {
        mapping = Optional.of(line);
      } else if (line.startsWith("Anonymous:")
          && mapping.filter(UnusedMemory::isFile).isPresent()) {
        // where a page is not the file's any more, it would be lost
        if (line.endsWith(" 0 kB")) {
          forget(mapping.get());
        }
      }
    }
  }

  /** The first line of each: {@code 7f00-7f10 r-xp 00000000 fe:00 42 /usr/lib/libc.so.6}. */
  private static boolean isMapping(String line) {
    return line.indexOf('-') > 0 && Character.digit(line.charAt(0), 16) >= 0;
  }

  /** Whether it is one of a file, and may not be written to. */
  private static boolean isFile(String mapping) {
    int rights = mapping.indexOf(' ') + 1;
    return mapping.startsWith("r-", rights)
        && mapping.startsWith("p ", rights + 3)
        && mapping.indexOf(" /", rights) > 0;
  }

  private static void forget(String mapping) {
    int dash = mapping.indexOf('-');
    long from = Long.parseUnsignedLong(mapping.substring(0, dash), 16);
    long to = Long.parseUnsignedLong(mapping.substring(dash + 1, mapping.indexOf(' ')), 16);
    MADVISE.call(from, to - from, MADV_DONTNEED);
  }
}
