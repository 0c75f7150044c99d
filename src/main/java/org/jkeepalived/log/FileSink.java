package org.jkeepalived.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code -g FILE}: one file per subsystem, {@code _vrrp} and the like inserted before the last dot,
 * each opened when its first line comes.
 *
 * <p>Lines reach the file when no further one is waiting, with {@code --flush-log-file} after each.
 */
final class FileSink implements LineSink {

  private final Path file;
  private final boolean flushEachLine;
  private final LogTime time;
  private final Map<Subsystem, OutputStream> open = new EnumMap<>(Subsystem.class);
  private volatile boolean reopenAsked;

  FileSink(Path file, boolean flushEachLine, ZoneId zone) {
    this.file = file;
    this.flushEachLine = flushEachLine;
    this.time = LogTime.console(zone);
  }

  static Path fileOf(Path file, Subsystem subsystem) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int at = dot < 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, at) + subsystem.fileInfix() + name.substring(at));
  }

  /** Any thread may ask for it, after the files were rotated away. */
  void reopen() {
    reopenAsked = true;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void write(LogLine line) throws IOException {
    if (reopenAsked) {
      reopenAsked = false;
      close();
    }
    OutputStream stream = open.get(line.subsystem());
    if (stream == null) {
      stream = append(fileOf(file, line.subsystem()));
      open.put(line.subsystem(), stream);
    }
    String text = time.of(line.epochMillis()) + ": " + line.text() + "\n";
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    if (flushEachLine) {
      stream.flush();
    }
  }

  private static OutputStream append(Path file) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void flush() throws IOException {
    for (OutputStream stream : open.values()) {
      stream.flush();
    }
  }

  @Override
  public void close() {
    for (OutputStream stream : open.values()) {
      try {
        stream.close();
      } catch (IOException lost) {
        // the disk is full or gone: there is nowhere left to say so
        continue;
      }
    }
    open.clear();
  }
}
