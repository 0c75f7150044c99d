package org.jkeepalived.host.lvs.ipvs;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.host.kernel.LineJournal;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.model.AddressFamily;

/**
 * nftables' tables that this daemon made, so that the next start knows those of a run that was
 * killed. One line a change: {@code + ip keepalived_ipvs} before the kernel is asked, {@code -}
 * after it has removed one. The file is made with the first table.
 */
final class MarkJournal implements AutoCloseable {

  private static final String ADDED = "+ ";
  private static final String REMOVED = "- ";

  private final Set<MarkTableName> present = new LinkedHashSet<>();
  private final LineJournal file;
  private boolean begun;

  private MarkJournal(Path path) {
    file =
        new LineJournal(
            path,
            new LineJournal.Content() {
              @Override
              public List<String> all() {
                return lines(ADDED, present);
              }

              @Override
              public int size() {
                return present.size();
              }
            },
            "nftables' tables");
  }

  /** Opens it, with what the last run has left in it. */
  static MarkJournal open(Path path) {
    MarkJournal journal = new MarkJournal(path);
    LineJournal.read(path, journal::read);
    if (!journal.present.isEmpty()) {
      journal.begin();
    }
    return journal;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      file.begin();
    }
  }

  private void read(String line) {
    if (line.startsWith(ADDED)) {
      parse(line.substring(ADDED.length())).ifPresent(present::add);
    } else if (line.startsWith(REMOVED)) {
      parse(line.substring(REMOVED.length())).ifPresent(present::remove);
    }
  }

  private static Optional<MarkTableName> parse(String text) {
    int space = text.indexOf(' ');
    return Stream.of(AddressFamily.values())
        .map(family -> new MarkTableName(family, text.substring(space + 1)))
        .filter(table -> space > 0 && table.text().equals(text))
        .findFirst();
  }

  private static List<String> lines(String before, Collection<MarkTableName> tables) {
    return tables.stream().map(table -> before + table.text()).toList();
  }

  /** The tables that are there. */
  Set<MarkTableName> tables() {
    return new LinkedHashSet<>(present);
  }

  /** A table is about to come. */
  void adding(MarkTableName table) {
    if (present.add(table)) {
      begin();
      file.append(lines(ADDED, List.of(table)));
    }
  }

  /** A table is gone. */
  void removed(MarkTableName table) {
    if (present.remove(table)) {
      file.append(lines(REMOVED, List.of(table)));
    }
  }

  boolean isBehind() {
    return file.isBehind();
  }

  void catchUp() {
    file.catchUp();
  }

  /** Closes the file; an empty one is removed. */
  @Override
  public void close() {
    if (begun) {
      file.close();
    }
  }
}
