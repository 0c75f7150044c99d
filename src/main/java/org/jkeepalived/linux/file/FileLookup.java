package org.jkeepalived.linux.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * The way from a path to a file, as the kernel goes it: symbolic links are followed, and every
 * place that can lead it elsewhere is noted.
 *
 * @param steps the places on the way, in their order, each once
 * @param end what there is at its end
 * @param onlyName whether the file at the end has no other name
 */
public record FileLookup(List<Step> steps, End end, boolean onlyName) {

  /** What a way ends at. */
  public enum End {
    /** A file, or something else that is no directory on the way to a file. */
    FILE,
    /** The directory is there, the file is not. */
    NO_FILE,
    NO_DIRECTORY
  }

  /**
   * A place on the way.
   *
   * @param directory an absolute path without symbolic links
   * @param name what is looked up in it; empty where only the directory itself matters, because the
   *     name in it that comes next is that of a directory
   */
  public record Step(String directory, String name) {
    public Step {
      Objects.requireNonNull(directory);
      Objects.requireNonNull(name);
    }
  }

  private static final NativeFunction READLINK = NativeFunction.ofLibc("readlink");

  /** The kernel's own limits. */
  private static final int MOST_LINKS = 40;

  private static final int MOST_PATH_BYTES = 4096;

  public FileLookup {
    steps = List.copyOf(steps);
    Objects.requireNonNull(end);
  }

  /** Goes from {@code /}. A place that cannot be looked at ends the way. */
  public static FileLookup of(String absolutePath) {
    return new Walk(absolutePath).result();
  }

  /** One walk, with what is still to go. */
  private static final class Walk {
    private final List<Step> steps = new ArrayList<>();
    private final Deque<String> rest = new ArrayDeque<>();
    private String directory = "";
    private int links;

    Walk(String path) {
      push(path);
    }

    private void push(String path) {
      String[] names = path.split("/+");
      for (int i = names.length - 1; i >= 0; i--) {
        if (!names[i].isEmpty() && !names[i].equals(".")) {
          rest.push(names[i]);
        }
      }
    }

    FileLookup result() {
      while (!rest.isEmpty()) {
        String name = rest.pop();
        if (name.equals("..")) {
          directory = directory.substring(0, Math.max(0, directory.lastIndexOf('/')));
          continue;
        }
        String path = directory + "/" + name;
        FileStatus status = FileStatus.of(path);
        if (status.kind() == FileStatus.Kind.DIRECTORY && !rest.isEmpty()) {
          directory = path;
          note(new Step(path, ""));
          continue;
        }
        note(new Step(directory.isEmpty() ? "/" : directory, name));
        if (status.kind() != FileStatus.Kind.LINK) {
          return end(status);
        }
        if (++links > MOST_LINKS) {
          return end(new FileStatus(FileStatus.Kind.MISSING, 0, 0));
        }
        follow(path);
      }
      // a path of nothing but dots leads to a directory, which is no file to read
      return new FileLookup(steps, End.FILE, false);
    }

    private void note(Step step) {
      if (!steps.contains(step)) {
        steps.add(step);
      }
    }

    private FileLookup end(FileStatus status) {
      boolean missing = status.kind() == FileStatus.Kind.MISSING;
      End end = rest.isEmpty() ? (missing ? End.NO_FILE : End.FILE) : End.NO_DIRECTORY;
      boolean plain = status.kind() == FileStatus.Kind.REGULAR && links == 0;
      return new FileLookup(steps, end, plain && status.names() == 1);
    }

    private void follow(String link) {
      NativeMemory name = NativeMemory.ofString(link);
      NativeMemory target = NativeMemory.allocate(MOST_PATH_BYTES);
      int length = name.lend(from -> target.lend(to -> READLINK.call(from, to, MOST_PATH_BYTES)));
      if (length <= 0) {
        // it was replaced meanwhile: the name is looked up again
        rest.push(link.substring(link.lastIndexOf('/') + 1));
        return;
      }
      byte[] text = new byte[length];
      target.bytes().get(0, text);
      String path = new String(text, StandardCharsets.UTF_8);
      if (path.startsWith("/")) {
        directory = "";
      }
      push(path);
    }
  }
}
