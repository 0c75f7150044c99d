package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * The settings of the daemon as a whole: what does not already stand, as a default, in each
 * instance.
 *
 * @param routerId the machine's name in messages
 * @param processInstance top-level {@code instance NAME}: part of the pid files' names
 * @param networkNamespace top-level {@code net_namespace NAME}
 * @param usePidDirectory top-level {@code use_pid_dir}: pid files stand in /run/keepalived
 * @param startupDelayNanos {@code vrrp_startup_delay}: no transition before that much time after
 *     the daemon's start; 0 for none
 * @param delayAfterBootNanos {@code vrrp_delay_after_boot}: the same, counted from the machine's
 *     boot; 0 for none
 * @param processes how the kernel is to treat it and its parts
 * @param reloading what happens around the reading of a configuration
 * @param controlGroup {@code control_group} of the block {@code jkeepalived}: the group that may
 *     ask the daemon by its socket, besides root
 */
public record GlobalDefinitions(
    String routerId,
    Optional<String> processInstance,
    Optional<String> networkNamespace,
    boolean usePidDirectory,
    long startupDelayNanos,
    long delayAfterBootNanos,
    boolean logUnknownVrids,
    Processes processes,
    Reloading reloading,
    Optional<String> controlGroup) {
  public GlobalDefinitions {
    Objects.requireNonNull(routerId);
    Objects.requireNonNull(processInstance);
    Objects.requireNonNull(networkNamespace);
    Objects.requireNonNull(processes);
    Objects.requireNonNull(reloading);
    Objects.requireNonNull(controlGroup);
  }

  /** {@code max_auto_priority} and {@code min_auto_priority_delay}. */
  public AutoPriority autoPriority() {
    return processes.rising();
  }

  /** The same, with somebody else who may ask. */
  public GlobalDefinitions controlGroup(Optional<String> other) {
    return new GlobalDefinitions(
        routerId,
        processInstance,
        networkNamespace,
        usePidDirectory,
        startupDelayNanos,
        delayAfterBootNanos,
        logUnknownVrids,
        processes,
        reloading,
        other);
  }

  /** With nothing around the reading of a configuration. */
  public GlobalDefinitions(
      String routerId,
      Optional<String> processInstance,
      Optional<String> networkNamespace,
      boolean usePidDirectory,
      long startupDelayNanos,
      long delayAfterBootNanos,
      boolean logUnknownVrids,
      Processes processes) {
    this(
        routerId,
        processInstance,
        networkNamespace,
        usePidDirectory,
        startupDelayNanos,
        delayAfterBootNanos,
        logUnknownVrids,
        processes,
        Reloading.STANDARD,
        Optional.empty());
  }

  /** With threads that are like all others. */
  public GlobalDefinitions(
      String routerId,
      Optional<String> processInstance,
      Optional<String> networkNamespace,
      boolean usePidDirectory,
      long startupDelayNanos,
      long delayAfterBootNanos,
      boolean logUnknownVrids) {
    this(
        routerId,
        processInstance,
        networkNamespace,
        usePidDirectory,
        startupDelayNanos,
        delayAfterBootNanos,
        logUnknownVrids,
        Processes.STANDARD);
  }
}
