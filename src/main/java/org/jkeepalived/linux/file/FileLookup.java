package org.jkeepalived.linux.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * The way from a path to a file, as the kernel goes it (path_resolution(7)): symbolic links are
 * followed, and everything that is passed is noted.
 *
 * @param places the directories, links and the file on the way, from {@code /} on, in their order
 * @param end what there is at its end
 * @param errno why the way ends where it does, positive; 0 where it leads to its end
 */
public record FileLookup(List<Place> places, End end, int errno) {

  /** What a way ends at. */
  public enum End {
    /** A file, or something else that is no directory on the way to a file. */
    FILE,
    /** The directory is there, the file is not. */
    NO_FILE,
    NO_DIRECTORY
  }

  /**
   * Something on the way.
   *
   * @param path an absolute path without symbolic links before its last name
   * @param passed whether it is a directory that the way leads through
   * @param status what stands there
   */
  public record Place(String path, boolean passed, FileStatus status) {
    public Place {
      Objects.requireNonNull(path);
      Objects.requireNonNull(status);
    }

    /** The directory that it lies in; {@code /} lies in itself. */
    public String directory() {
      int slash = path.lastIndexOf('/');
      return slash <= 0 ? ROOT : path.substring(0, slash);
    }
  }

  /**
   * Where news of the way are to be had.
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

    private static Step of(Place place) {
      return place.passed()
          ? new Step(place.path(), "")
          : new Step(place.directory(), place.path().substring(place.path().lastIndexOf('/') + 1));
    }
  }

  private static final NativeFunction READLINK = NativeFunction.ofLibc("readlink");
  private static final String ROOT = "/";

  /** The kernel's own limits. */
  private static final int MOST_LINKS = 40;

  private static final int MOST_PATH_BYTES = 4096;

  public FileLookup {
    places = List.copyOf(places);
    Objects.requireNonNull(end);
  }

  /** Goes from {@code /}. A place that cannot be looked at ends the way. */
  public static FileLookup of(String absolutePath) {
    return new Walk(absolutePath).result();
  }

  /** The last place: what the path names, or what it fails at. */
  public Place last() {
    return places.get(places.size() - 1);
  }

  /**
   * Everything that can lead the way elsewhere when it changes, each once; not {@code /} itself.
   */
  public List<Step> steps() {
    Set<Step> steps = new LinkedHashSet<>();
    places.stream()
        .filter(place -> !place.path().equals(ROOT))
        .forEach(place -> steps.add(Step.of(place)));
    return List.copyOf(steps);
  }

  /** Whether there is a regular file at the end that has no other name. */
  public boolean onlyName() {
    FileStatus status = last().status();
    boolean byLink = places.stream().anyMatch(Walk::isLink);
    return errno == 0 && status.kind() == FileStatus.Kind.REGULAR && !byLink && status.names() == 1;
  }

  /** The directory that a place on the way lies in, if the way passed it. */
  public Optional<Place> parentOf(Place child) {
    return places.stream().filter(each -> each.path().equals(child.directory())).findFirst();
  }

  /** One walk, with what is still to go. */
  private static final class Walk {
    private final List<Place> places = new ArrayList<>();
    private final Deque<String> rest = new ArrayDeque<>();

    /** Where it has come to; empty for {@code /}. */
    private String directory = "";

    private int links;

    Walk(String path) {
      push(path);
    }

    static boolean isLink(Place place) {
      return place.status().kind() == FileStatus.Kind.LINK;
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
      places.add(new Place(ROOT, true, FileStatus.of(ROOT)));
      while (!rest.isEmpty()) {
        String name = rest.pop();
        if (name.equals("..")) {
          directory = directory.substring(0, Math.max(0, directory.lastIndexOf('/')));
          continue;
        }
        String path = directory + "/" + name;
        FileStatus status = FileStatus.of(path);
        boolean passed = status.kind() == FileStatus.Kind.DIRECTORY && !rest.isEmpty();
        places.add(new Place(path, passed, status));
        if (passed) {
          directory = path;
        } else if (status.kind() != FileStatus.Kind.LINK) {
          return ending(status);
        } else if (++links > MOST_LINKS) {
          return new FileLookup(places, missing(), Errno.ELOOP);
        } else {
          follow(path);
        }
      }
      return endingInDots();
    }

    private FileLookup ending(FileStatus status) {
      if (status.kind() == FileStatus.Kind.MISSING) {
        return new FileLookup(places, missing(), Errno.ENOENT);
      }
      if (status.kind() == FileStatus.Kind.UNKNOWN) {
        return new FileLookup(places, rest.isEmpty() ? End.FILE : missing(), status.errno());
      }
      return rest.isEmpty()
          ? new FileLookup(places, End.FILE, 0)
          : new FileLookup(places, missing(), Errno.ENOTDIR);
    }

    private End missing() {
      return rest.isEmpty() ? End.NO_FILE : End.NO_DIRECTORY;
    }

    /** A path of nothing but dots at its end leads to a directory that it has passed before. */
    private FileLookup endingInDots() {
      String here = directory.isEmpty() ? ROOT : directory;
      if (!places.get(places.size() - 1).path().equals(here)) {
        places.add(new Place(here, true, FileStatus.of(here)));
      }
      return new FileLookup(places, End.FILE, 0);
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
