package org.jkeepalived.linux.process;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.track.ProcessFacts;
import org.jkeepalived.track.ProcessLookup;

/** The machine's processes, as /proc shows them (proc(5)). One thread at a time. */
public final class ProcessTable implements ProcessLookup {
  private static final NativeFunction OPEN = NativeFunction.ofLibc("open");

  private static final int NAME_BYTES = 64;
  private static final int STATUS_BYTES = 512;
  private static final int FLAGS_FIELD = 6;
  private static final int PF_EXITING = 4;
  private static final byte[] NOTHING = {};

  private final NativeMemory path = NativeMemory.allocate(48);
  private NativeMemory content = NativeMemory.allocate(STATUS_BYTES);

  @Override
  public Optional<ProcessFacts> look(int process, int commandLineBytes) {
    byte[] name = read(process, "/comm", NAME_BYTES);
    if (name.length == 0) {
      return Optional.empty();
    }
    List<String> commandLine =
        commandLineBytes == 0 ? List.of() : words(read(process, "/cmdline", commandLineBytes));
    // the last byte is the line's end
    return Optional.of(
        new ProcessFacts(
            process, new String(name, 0, name.length - 1, StandardCharsets.UTF_8), commandLine));
  }

  /**
   * All processes that run: none that has ended and that its parent has not taken notice of.
   *
   * @param commandLineBytes how much of their command lines is wanted; 0 for nothing
   */
  public List<ProcessFacts> scan(int commandLineBytes) {
    List<ProcessFacts> found = new ArrayList<>();
    String[] names = new File("/proc").list();
    for (String name : names == null ? new String[0] : names) {
      if (isNumber(name)) {
        int process = Integer.parseInt(name);
        look(process, commandLineBytes).filter(facts -> runs(process)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static boolean isNumber(String name) {
    return name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private boolean runs(int process) {
    return runs(new String(read(process, "/stat", STATUS_BYTES), StandardCharsets.ISO_8859_1));
  }

  /** Whether /proc/PID/stat is that of a process that goes on; no text makes it throw. */
  static boolean runs(String stat) {
    // PID (name) state …: the name may hold anything
    int end = stat.lastIndexOf(") ");
    String[] fields = end < 0 ? new String[0] : stat.substring(end + 2).split(" ");
    if (fields.length <= FLAGS_FIELD || fields[0].length() != 1) {
      return false;
    }
    boolean ended = "ZXx".contains(fields[0]);
    return !ended && (number(fields[FLAGS_FIELD]) & PF_EXITING) == 0;
  }

  private static long number(String field) {
    return field.matches("\\d{1,18}") ? Long.parseLong(field) : 0;
  }

  /** The words of /proc/PID/cmdline. */
  static List<String> words(byte[] commandLine) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < commandLine.length; at++) {
      if (commandLine[at] == 0) {
        words.add(new String(commandLine, from, at - from, StandardCharsets.UTF_8));
        from = at + 1;
      }
    }
    if (from < commandLine.length) {
      // it was given another title, or goes on beyond what was read
      words.add(new String(commandLine, from, commandLine.length - from, StandardCharsets.UTF_8));
    }
    return words;
  }

  private byte[] read(int process, String file, int most) {
    byte[] name = ("/proc/" + process + file + "\0").getBytes(StandardCharsets.US_ASCII);
    path.bytes().put(0, name);
    int fd = path.lend(at -> OPEN.call(at, Libc.O_CLOEXEC));
    if (fd < 0) {
      return NOTHING;
    }
    if (content.length() < most) {
      content = NativeMemory.allocate(most);
    }
    int length = Libc.read(fd, content, most);
    Libc.close(fd);
    byte[] bytes = new byte[Math.max(0, length)];
    content.bytes().get(0, bytes);
    return bytes;
  }
}
