package org.jkeepalived.host.lvs.ipvs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.KernelMarks;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;

/** Tables that mark packets and take everything, or nothing. */
final class FakeMarks implements KernelMarks {

  final List<String> asked = new ArrayList<>();
  Optional<KernelError> answer = Optional.empty();

  /** Whose journal lies beside that of the services. */
  static MarkOwner owner(Path services) {
    return new FakeMarks().ownerWith(services);
  }

  MarkOwner ownerWith(Path services) {
    return new MarkOwner(() -> this, MarkJournal.open(journal(services)));
  }

  static Path journal(Path services) {
    return services.resolveSibling(services.getFileName() + ".tables");
  }

  @Override
  public Optional<KernelError> change(MarkTable table, List<MarkChange> changes) {
    changes.forEach(change -> asked.add(table.name() + " " + change));
    return answer;
  }

  @Override
  public MarkReading read(MarkTable table, Set<MarkMap> maps) {
    return MarkReading.UNCHANGED;
  }

  @Override
  public void close() {
    asked.add("close");
  }
}
