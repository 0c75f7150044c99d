package org.jkeepalived.host.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.FileLookup;
import org.jkeepalived.linux.file.Inotify;

/**
 * Which directories are watched, and for whom. A directory has one watch, whatever the names are
 * that lead to it and however many ask for it.
 *
 * @param <T> those who ask
 */
final class DirectoryWatches<T> {

  /** Somebody's interest in a name of a directory, or with an empty name in the directory. */
  private record Interest<T>(T owner, String name) {}

  private final Inotify inotify;
  private final Map<Integer, Set<Interest<T>>> interests = new HashMap<>();
  private final Map<T, Set<Integer>> watches = new HashMap<>();

  DirectoryWatches(Inotify inotify) {
    this.inotify = inotify;
  }

  /**
   * Watches what somebody's way passes, and nothing else for him.
   *
   * @return why some of it cannot be watched, by directory; one that is gone meanwhile is no error
   */
  List<SystemError> watch(T owner, List<FileLookup.Step> steps) {
    List<SystemError> errors = new ArrayList<>();
    Set<Integer> before = watches.getOrDefault(owner, Set.of());
    Set<Integer> now = new HashSet<>();
    before.forEach(watch -> interests.get(watch).removeIf(has -> has.owner().equals(owner)));
    for (FileLookup.Step step : steps) {
      int events = Inotify.SELF | (step.name().isEmpty() ? 0 : Inotify.NAMES);
      int watch = inotify.watch(step.directory(), events);
      if (watch >= 0) {
        now.add(watch);
        interests
            .computeIfAbsent(watch, none -> new LinkedHashSet<>())
            .add(new Interest<>(owner, step.name()));
      } else if (-watch != Errno.ENOENT && -watch != Errno.ENOTDIR) {
        errors.add(SystemError.of("watch " + step.directory(), -watch));
      }
    }
    watches.put(owner, now);
    before.forEach(this::forgetIfUnused);
    return errors;
  }

  /** Forgets all of somebody's interests. */
  void forget(T owner) {
    watch(owner, List.of());
    watches.remove(owner);
  }

  private void forgetIfUnused(int watch) {
    Set<Interest<T>> left = interests.get(watch);
    if (left != null && left.isEmpty()) {
      interests.remove(watch);
      inotify.forget(watch);
    }
  }

  /** Those whom an event concerns; never throws, whatever the event. */
  Set<T> concerned(int watch, int events, String name) {
    Set<T> concerned = new LinkedHashSet<>();
    if ((events & Inotify.OVERFLOW) != 0) {
      concerned.addAll(watches.keySet());
      return concerned;
    }
    boolean whole = name.isEmpty() || (events & (Inotify.SELF | Inotify.IGNORED)) != 0;
    for (Interest<T> interest : interests.getOrDefault(watch, Set.of())) {
      if (whole || interest.name().equals(name)) {
        concerned.add(interest.owner());
      }
    }
    if ((events & Inotify.IGNORED) != 0) {
      interests.remove(watch);
      watches.values().forEach(own -> own.remove(watch));
    }
    return concerned;
  }
}
