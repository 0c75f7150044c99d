package org.jkeepalived.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.lvs.FileCheck;

/** The files in the dump that checks of real servers go by. */
final class CheckedFilesText {

  private final LvsSnapshot snapshot;
  private final Consumer<String> lines;

  CheckedFilesText(LvsSnapshot snapshot, Consumer<String> lines) {
    this.snapshot = snapshot;
    this.lines = lines;
  }

  /**
   * Hands out all lines.
   *
   * @param now tell what they say now, too
   */
  void write(boolean now) {
    List<FileTracker> files = snapshot.configuration().director().checkedFiles();
    if (!files.isEmpty()) {
      lines.accept("------< Checker track files >------");
      files.forEach(file -> file(file, now));
    }
  }

  private void file(FileTracker file, boolean now) {
    lines.accept(" Track file = " + file.name());
    lines.accept("   File = " + file.file());
    if (now) {
      number(file).ifPresent(number -> lines.accept("   Status = " + number));
    }
    lines.accept("   Weight = " + TrackedText.weight(file.weight()));
    lines.accept("   Tracking instances :");
    for (ServiceSnapshot service : snapshot.services()) {
      for (ServerSnapshot server : service.servers()) {
        checks(server, file).forEach(check -> tracking(service, server, check));
      }
    }
  }

  private static Stream<CheckSnapshot> checks(ServerSnapshot server, FileTracker file) {
    return server.checks().stream()
        .filter(
            check ->
                check.configured() instanceof FileCheck one
                    && one.file().name().equals(file.name()));
  }

  /** What it says; empty before it was read. */
  private Optional<Long> number(FileTracker file) {
    return snapshot.services().stream()
        .flatMap(service -> service.servers().stream())
        .flatMap(server -> checks(server, file))
        .flatMap(check -> check.look().number().stream().boxed())
        .findFirst();
  }

  private void tracking(ServiceSnapshot service, ServerSnapshot server, CheckSnapshot check) {
    lines.accept(
        "     "
            + service.configured().service().text()
            + " -> "
            + server.configured().address().text(service.configured().service().protocolText())
            + ", weight "
            + TrackedText.weight(((FileCheck) check.configured()).weight()));
  }
}
