package org.jkeepalived.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which network namespace a daemon has put into the kernel what its journals name. Links of the
 * same name are in all of them, so that a release in another one would find nothing, and forget
 * what is still there.
 */
public final class JournalNamespace {

  private static final Logger LOG = LoggerFactory.getLogger(JournalNamespace.class);

  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  private final Path file;
  private final Path own;

  public JournalNamespace(JournalPath journal) {
    this(journal.namespace(), OWN);
  }

  /**
   * @param file where it is written down
   * @param own leads to the namespace of the calling thread
   */
  JournalNamespace(Path file, Path own) {
    this.file = file;
    this.own = own;
  }

  /** Writes down that of the calling thread. Nothing else is lost if that cannot be done. */
  void write() {
    try {
      Files.createDirectories(file.getParent());
      RegularFile.write(file, number() + "\n");
    } catch (IOException e) {
      LOG.warn("--release will not know this network namespace: {}", FileError.text(e, file));
    }
  }

  /** Forgets it: no journal names anything. */
  public void remove() {
    try {
      RegularFile.remove(file);
    } catch (IOException e) {
      LOG.debug("{}", FileError.text(e, file));
    }
  }

  /**
   * Whether the journals are of another one than that of the calling thread, as far as is known.
   */
  public boolean isAnother() {
    return written().filter(number -> !number.equals(now())).isPresent();
  }

  private Optional<String> written() {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException nobodyWroteIt) {
      return Optional.empty();
    }
  }

  private String now() {
    try {
      return number();
    } catch (IOException withoutProc) {
      return "";
    }
  }

  private String number() throws IOException {
    return String.valueOf(Files.getAttribute(own, "unix:ino"));
  }
}
