package org.jkeepalived.host.track;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.FileLookup;
import org.jkeepalived.linux.file.SmallFile;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.FileNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tracked file: the way to it as last gone, and what it held. */
final class WatchedFile {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

  /** A way that changes each time that it is gone is watched where it was last seen. */
  private static final int MOST_LOOKUPS = 10;

  private final FileTracker tracker;
  private final String path;
  private Optional<FileLookup> way = Optional.empty();
  private Optional<Condition> condition = Optional.empty();
  private String complaint = "";
  private boolean unwatched;
  private boolean unreadable;

  WatchedFile(FileTracker tracker) {
    this.tracker = tracker;
    // not through the Java library, which knows no name beyond the locale's characters
    path =
        tracker.file().startsWith("/")
            ? tracker.file()
            : System.getProperty("user.dir") + "/" + tracker.file();
  }

  FileTracker tracker() {
    return tracker;
  }

  String path() {
    return path;
  }

  TrackTarget target() {
    return tracker.target();
  }

  /** What it said last; empty before it was read. */
  Optional<Condition> condition() {
    return condition;
  }

  /**
   * Looks for the file, has watched what leads to it, and reads it.
   *
   * @param created the only news is that a name is there: a file that is being written is read when
   *     it is closed
   * @return the condition, if it is not what it was before
   */
  Optional<Condition> refresh(DirectoryWatches<WatchedFile> watches, boolean created) {
    Optional<FileLookup> last = way;
    FileLookup found = goThere(watches);
    // what is on a new way may have been written before it was watched
    if (created && found.onlyName() && last.equals(way)) {
      return Optional.empty();
    }
    Optional<Condition> before = condition;
    condition = Optional.of(read(found, before.orElse(Condition.of(0))));
    return condition.equals(before) ? Optional.empty() : condition;
  }

  private FileLookup goThere(DirectoryWatches<WatchedFile> watches) {
    FileLookup found = FileLookup.of(path);
    // what changed before it was watched is seen by going there once more
    for (int i = 0; i < MOST_LOOKUPS && !sameWay(found); i++) {
      way = Optional.of(found);
      List<SystemError> errors = watches.watch(this, found.steps());
      unwatched = !errors.isEmpty();
      errors.forEach(error -> say("Track file " + tracker.name() + ": unable to " + error));
      found = FileLookup.of(path);
    }
    return found;
  }

  private boolean sameWay(FileLookup found) {
    return way.isPresent() && way.get().steps().equals(found.steps());
  }

  /** Whether it must be looked at again even if nothing is heard of it. */
  boolean isTroubled() {
    return unwatched || unreadable;
  }

  /** After the loss of a watch: the way is watched anew even if it is the same. */
  void forgetWay() {
    way = Optional.empty();
  }

  private Condition read(FileLookup found, Condition before) {
    SmallFile file = SmallFile.read(path, FileNumber.MOST_BYTES);
    unreadable = file.kind() == SmallFile.Kind.UNREADABLE;
    switch (file.kind()) {
      case REGULAR:
        FileNumber number = FileNumber.parse(file.bytes());
        if (number.valid()) {
          beContent();
          return Condition.of(number.value());
        }
        LOG.info("Invalid number {} read from {} - ignoring", number.value(), path);
        return before;
      case MISSING:
        if (found.end() == FileLookup.End.NO_DIRECTORY) {
          // COMPAT: keepalived 2.2.7 says "removing" here, and never looks again
          say("Track file directory for " + tracker.name() + " does not exist - waiting for it");
        } else {
          beContent();
        }
        return Condition.of(0);
      case OTHER:
        say("Track file " + path + " is not a regular file - it counts as 0");
        return Condition.of(0);
      default:
        say("Unable to read track file " + file.error().orElseThrow() + " - ignoring");
        return before;
    }
  }

  private void beContent() {
    if (!unwatched) {
      complaint = "";
    }
  }

  /** Once, until something else is the case. */
  private void say(String text) {
    if (!complaint.equals(text)) {
      complaint = text;
      LOG.info("{}", text);
    }
  }
}
