package org.jkeepalived.lvs.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the tracked files say, as far as that is known. Lives on the thread of the checks. */
public final class FileNumbers {

  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final Map<String, Set<Runnable>> listeners = new LinkedHashMap<>();

  /**
   * A file was read.
   *
   * @param file the name of its {@code track_file} block
   */
  public void says(String file, long number) {
    Long before = numbers.put(file, number);
    if (before == null || before != number) {
      List.copyOf(listeners.getOrDefault(file, Set.of())).forEach(Runnable::run);
    }
  }

  /** Forgets all files but these: they are not watched any more. */
  public void keepOnly(Set<String> files) {
    numbers.keySet().retainAll(files);
  }

  /** What a file says; empty before it was read. */
  OptionalLong of(String file) {
    Long number = numbers.get(file);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** Has somebody hear when it says something else, until the answer is run. */
  Asking listen(String file, Runnable listener) {
    listeners.computeIfAbsent(file, any -> new LinkedHashSet<>()).add(listener);
    return () -> listeners.getOrDefault(file, new LinkedHashSet<>()).remove(listener);
  }
}
