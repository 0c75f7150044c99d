package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jkeepalived.model.ProcessSettings;

/** What has been read of one of keepalived's processes. */
final class ProcessDraft {

  Optional<String> name;
  int nice;
  int realTimePriority;
  SortedSet<Integer> processors;
  boolean locked;
  long realTimeLimitMicros;

  /**
   * @param standard what holds where nothing is said
   */
  ProcessDraft(ProcessSettings standard) {
    name = standard.name();
    nice = standard.nice();
    realTimePriority = standard.realTimePriority();
    processors = new TreeSet<>(standard.processors());
    locked = standard.locked();
    realTimeLimitMicros = standard.realTimeLimitMicros();
  }

  /**
   * What was read.
   *
   * @param usual its name is {@code usualName} if nothing else was read
   */
  ProcessSettings named(boolean usual, String usualName) {
    return new ProcessSettings(
        usual ? name.or(() -> Optional.of(usualName)) : name,
        nice,
        realTimePriority,
        List.copyOf(processors),
        locked,
        realTimeLimitMicros);
  }
}
