package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jkeepalived.model.ProcessSettings;

/** What has been read of one of keepalived's processes. */
final class ProcessDraft {

  Optional<String> name = ProcessSettings.STANDARD.name();
  int nice = ProcessSettings.STANDARD.nice();
  int realTimePriority = ProcessSettings.STANDARD.realTimePriority();
  SortedSet<Integer> processors = new TreeSet<>();
  boolean locked = ProcessSettings.STANDARD.locked();
  long realTimeLimitMicros = ProcessSettings.STANDARD.realTimeLimitMicros();

  ProcessSettings complete() {
    return new ProcessSettings(
        name, nice, realTimePriority, List.copyOf(processors), locked, realTimeLimitMicros);
  }
}
