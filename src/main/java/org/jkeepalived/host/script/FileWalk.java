package org.jkeepalived.host.script;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every file and directory that the kernel passes on its way to the end of a path. */
final class FileWalk {

  /** As many as the kernel follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private static final int TYPE_MASK = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int PERMISSIONS = 07777;

  /**
   * One of them.
   *
   * @param mode type and permissions, as stat(2) has them
   */
  record Component(Path path, int user, int group, int mode) {
    boolean isDirectory() {
      return (mode & TYPE_MASK) == DIRECTORY;
    }

    boolean isRegularFile() {
      return (mode & TYPE_MASK) == REGULAR;
    }

    boolean isLink() {
      return (mode & TYPE_MASK) == LINK;
    }

    @Override
    public String toString() {
      return "%s (owner %d:%d, mode %04o)".formatted(path, user, group, mode & PERMISSIONS);
    }
  }

  private final List<Component> components = new ArrayList<>();

  /** All that were passed, the links among them, in order. */
  List<Component> components() {
    return components;
  }

  /** The directory that one of them lies in. */
  Optional<Component> parentOf(Component child) {
    Path parent = child.path().getParent();
    return components.stream().filter(each -> each.path().equals(parent)).findFirst();
  }

  /** The last one. */
  Component end() {
    return components.get(components.size() - 1);
  }

  /** Follows an absolute path to its end. */
  void follow(Path path) throws IOException {
    Deque<Path> ahead = new ArrayDeque<>();
    Path here = Path.of("/");
    components.add(component(here));
    push(ahead, path);
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.pop().toString();
      if (name.equals("..")) {
        here = here.getParent() == null ? here : here.getParent();
      } else if (!name.isEmpty() && !name.equals(".")) {
        Component next = component(here.resolve(name));
        components.add(next);
        if (next.isLink()) {
          links++;
          if (links > MOST_LINKS) {
            throw new FileSystemLoopException(path.toString());
          }
          Path target = Files.readSymbolicLink(next.path());
          here = target.isAbsolute() ? Path.of("/") : here;
          push(ahead, target);
        } else if (!next.isDirectory() && !ahead.isEmpty()) {
          throw new NotDirectoryException(next.path().toString());
        } else {
          here = next.path();
        }
      }
    }
    if (!end().path().equals(here)) {
      // it ends in "..", so in a directory that was passed before
      components.add(component(here));
    }
  }

  private static void push(Deque<Path> ahead, Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      ahead.push(path.getName(i));
    }
  }

  private static Component component(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    if (found.get("uid") instanceof Integer user
        && found.get("gid") instanceof Integer group
        && found.get("mode") instanceof Integer mode) {
      return new Component(path, user, group, mode);
    }
    throw new FileSystemException(path.toString(), null, "no owner and mode");
  }
}
