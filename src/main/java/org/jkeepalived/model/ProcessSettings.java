package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the kernel is to treat the threads that do the work of one of keepalived's processes.
 *
 * @param name {@code …_process_name}: at most 15 bytes; empty for what they are called anyway
 * @param nice {@code …_priority}: -20 (most urgent) to 19
 * @param realTimePriority {@code …_rt_priority}: 1 to 99, before every thread of a lower one; 0 for
 *     none
 * @param processors {@code …_cpu_affinity}: the numbers of those they may run on, ascending; empty
 *     for all
 * @param locked {@code …_no_swap}: the memory stays in memory
 * @param realTimeLimitMicros {@code …_rlimit_rttime}: 1 to 4294967295
 */
public record ProcessSettings(
    Optional<String> name,
    int nice,
    int realTimePriority,
    List<Integer> processors,
    boolean locked,
    long realTimeLimitMicros) {

  /** The most urgent of ordinary threads. */
  public static final int LEAST_NICE = -20;

  public static final int MOST_NICE = 19;

  /** How many bytes of a name the kernel keeps. */
  public static final int NAME_BYTES = 15;

  /** Where nothing is said. */
  public static final ProcessSettings STANDARD =
      new ProcessSettings(Optional.empty(), 0, 0, List.of(), false, 10_000);

  /**
   * The same of VRRP: a thread that asks for little has ten times an ordinary one's share, and need
   * not use it. A machine that has more to do than it can must not look like the death of a master.
   */
  public static final ProcessSettings VRRP =
      new ProcessSettings(Optional.empty(), -10, 0, List.of(), false, 10_000);

  public ProcessSettings {
    Objects.requireNonNull(name);
    processors = List.copyOf(processors);
    if (nice < LEAST_NICE || nice > MOST_NICE) {
      throw new IllegalArgumentException("no nice value: " + nice);
    }
    if (realTimePriority < 0 || realTimePriority > AutoPriority.HIGHEST) {
      throw new IllegalArgumentException("no real-time priority: " + realTimePriority);
    }
  }
}
