package org.jkeepalived.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.linux.file.FileError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of what this daemon put into the kernel, kept in a file. A line that could not be
 * written, because the disk is full, is written once it can be: {@link #catchUp}.
 */
final class KernelJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KernelJournal.class);

  /** Lines after which the file is written anew. */
  private static final int REWRITE_AFTER_LINES = 100_000;

  private final JournalPath path;
  private final JournalLines lines;
  private Optional<JournalFile> file = Optional.empty();
  private int linesInFile;

  /** The file does not say all that there is to say. */
  private boolean behind;

  /** The log says that the file cannot be written. */
  private boolean complained;

  private KernelJournal(JournalPath path, JournalLines lines) {
    this.path = path;
    this.lines = lines;
  }

  /** Opens the journal of a daemon, with what its last run left in it. */
  static KernelJournal open(JournalPath path) {
    JournalLines lines = new JournalLines();
    read(path.former(), lines);
    read(path.file(), lines);
    KernelJournal journal = new KernelJournal(path, lines);
    try {
      journal.rewrite();
      Files.deleteIfExists(path.former());
    } catch (IOException e) {
      journal.complained = true;
      LOG.warn(
          "{}: should this daemon be killed, only addresses that the configuration names are"
              + " removed at the next start",
          FileError.text(e, path.file()));
    }
    return journal;
  }

  private static void read(Path file, JournalLines into) {
    try {
      JournalFile.read(file, into::read);
    } catch (IOException e) {
      LOG.warn("{}: what the last run left is not known", FileError.text(e, file));
    }
  }

  /** The objects of a subsystem that are there, as {@link JournalLines#of} tells them. */
  Set<String> of(String owner) {
    return lines.of(owner);
  }

  Set<String> owners() {
    return lines.owners();
  }

  /** Call before the kernel is asked. */
  void adding(String owner, List<KernelRequest> requests) {
    append(lines.adding(owner, requests));
  }

  /** Call after the kernel has answered. */
  void answered(String owner, List<KernelResult> results) {
    append(lines.removed(owner, results));
  }

  /** Forgets everything of a subsystem but {@code kept}: what an earlier run left, and is gone. */
  void retain(String owner, Set<String> kept) {
    append(lines.retain(owner, kept));
  }

  private void append(List<String> changes) {
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
    if (linesInFile > REWRITE_AFTER_LINES && linesInFile > 2 * lines.size()) {
      shorten();
    }
  }

  private void shorten() {
    try {
      rewrite();
    } catch (IOException e) {
      LOG.error("{}: the journal only grows", FileError.text(e, path.file()));
      // not tried again with each object
      linesInFile = lines.size();
    }
  }

  /** Whether something could not be written; {@link #catchUp} tries it again. */
  boolean isBehind() {
    return behind;
  }

  /** Writes what could not be written, if it can be written now. */
  void catchUp() {
    if (!behind) {
      return;
    }
    try {
      rewrite();
      LOG.info("{}: written again", path.file());
      complained = false;
    } catch (IOException e) {
      complain(e);
    }
  }

  private void complain(IOException e) {
    if (!complained) {
      complained = true;
      LOG.error(
          "{}: addresses may stay behind if this daemon is killed", FileError.text(e, path.file()));
    }
  }

  private void rewrite() throws IOException {
    JournalFile next = JournalFile.replace(path.file(), lines.all());
    Optional<JournalFile> old = file;
    file = Optional.of(next);
    linesInFile = lines.size();
    behind = false;
    if (old.isPresent()) {
      old.get().close();
    }
  }

  /** Closes the journal; an empty one is removed. */
  @Override
  public void close() {
    try {
      catchUp();
      if (file.isPresent()) {
        file.get().close();
        if (lines.size() == 0) {
          file.get().delete();
        }
      }
    } catch (IOException e) {
      LOG.warn("{}", FileError.text(e, path.file()));
    }
  }
}
