package org.jkeepalived.host.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.linux.file.FileError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that say what this daemon put into the kernel. A line that could not be written,
 * because the disk is full, is written once it can be: {@link #catchUp}.
 */
public final class LineJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineJournal.class);

  /**
   * Lines after which the file is written anew, some 300 kB: /run is memory. Far more than a
   * take-over writes, which is not to wait for it.
   */
  private static final int REWRITE_AFTER_LINES = 10_000;

  /** What the file is to say. */
  public interface Content {

    /** The shortest text that says it. */
    List<String> all();

    /** How many lines that takes. */
    int size();
  }

  private final Path path;
  private final Content content;
  private final String objects;
  private Optional<JournalFile> file = Optional.empty();
  private int linesInFile;

  /** The file does not say all that there is to say. */
  private boolean behind;

  /** The log says that the file cannot be written. */
  private boolean complained;

  /**
   * @param objects what the lines tell of, for the log, such as {@code addresses}
   */
  public LineJournal(Path path, Content content, String objects) {
    this.path = path;
    this.content = content;
    this.objects = objects;
  }

  /** Reads what an earlier run has left, if anything; a line that was not finished is left out. */
  public static void read(Path file, Consumer<String> line) {
    try {
      JournalFile.read(file, line);
    } catch (IOException e) {
      LOG.warn("{}: what the last run left is not known", FileError.text(e, file));
    }
  }

  /**
   * Puts the file in the place of an earlier run's.
   *
   * @return whether that was possible
   */
  public boolean begin() {
    try {
      rewrite();
      return true;
    } catch (IOException e) {
      complained = true;
      LOG.warn(
          "{}: should this daemon be killed, only {} that the configuration names are removed at"
              + " the next start",
          FileError.text(e, path),
          objects);
      return false;
    }
  }

  /** Writes lines that say how the content has changed. */
  public void append(List<String> changes) {
    if (changes.isEmpty()) {
      return;
    }
    if (behind || file.isEmpty()) {
      behind = true;
      catchUp();
      return;
    }
    try {
      file.get().append(changes);
      linesInFile += changes.size();
    } catch (IOException e) {
      behind = true;
      complain(e);
    }
    if (linesInFile > REWRITE_AFTER_LINES && linesInFile > 2 * content.size()) {
      shorten();
    }
  }

  private void shorten() {
    try {
      rewrite();
    } catch (IOException e) {
      LOG.error("{}: the journal only grows", FileError.text(e, path));
      // not tried again with each object
      linesInFile = content.size();
    }
  }

  /** Whether something could not be written; {@link #catchUp} tries it again. */
  public boolean isBehind() {
    return behind;
  }

  /** Writes what could not be written, if it can be written now. */
  public void catchUp() {
    if (!behind) {
      return;
    }
    try {
      rewrite();
      LOG.info("{}: written again", path);
      complained = false;
    } catch (IOException e) {
      complain(e);
    }
  }

  private void complain(IOException e) {
    if (!complained) {
      complained = true;
      LOG.error(
          "{}: {} may stay behind if this daemon is killed", FileError.text(e, path), objects);
    }
  }

  private void rewrite() throws IOException {
    JournalFile next = JournalFile.replace(path, content.all());
    Optional<JournalFile> old = file;
    file = Optional.of(next);
    linesInFile = content.size();
    behind = false;
    if (old.isPresent()) {
      old.get().close();
    }
  }

  /** Closes the file; an empty one is removed. */
  @Override
  public void close() {
    try {
      catchUp();
      if (file.isPresent()) {
        file.get().close();
        if (content.size() == 0) {
          file.get().delete();
        }
      }
    } catch (IOException e) {
      LOG.warn("{}", FileError.text(e, path));
    }
  }
}
