package org.jkeepalived.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.linux.file.FileError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of what this daemon put into the kernel, kept in a file. */
final class KernelJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KernelJournal.class);

  private final JournalLines lines;
  private final LineJournal file;

  private KernelJournal(JournalLines lines, LineJournal file) {
    this.lines = lines;
    this.file = file;
  }

  /** Opens the journal of a daemon, with what its last run left in it. */
  static KernelJournal open(JournalPath path) {
    JournalLines lines = new JournalLines();
    LineJournal.read(path.former(), lines::read);
    LineJournal.read(path.file(), lines::read);
    LineJournal file =
        new LineJournal(
            path.file(),
            new LineJournal.Content() {
              @Override
              public List<String> all() {
                return lines.all();
              }

              @Override
              public int size() {
                return lines.size();
              }
            },
            "addresses");
    if (file.begin()) {
      deleteFormer(path.former());
    }
    return new KernelJournal(lines, file);
  }

  private static void deleteFormer(Path former) {
    try {
      Files.deleteIfExists(former);
    } catch (IOException e) {
      LOG.warn("{}", FileError.text(e, former));
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
    file.append(lines.adding(owner, requests));
  }

  /** Call after the kernel has answered. */
  void answered(String owner, List<KernelResult> results) {
    file.append(lines.removed(owner, results));
  }

  /** Forgets everything of a subsystem but {@code kept}: what an earlier run left, and is gone. */
  void retain(String owner, Set<String> kept) {
    file.append(lines.retain(owner, kept));
  }

  /** Whether something could not be written; {@link #catchUp} tries it again. */
  boolean isBehind() {
    return file.isBehind();
  }

  /** Writes what could not be written, if it can be written now. */
  void catchUp() {
    file.catchUp();
  }

  /** Closes the journal; an empty one is removed. */
  @Override
  public void close() {
    file.close();
  }
}
