package org.jkeepalived.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.status.SnapshotSource;

/**
 * A part of the daemon with a life of its own: VRRP; virtual servers and BFD are others. The
 * daemon's life is the same for all of them, whatever they do.
 *
 * <p>One thread calls all but {@link #snapshot}, which any thread may: {@link #start}, {@link
 * #warmUp}, then {@link #plan} as often as there are reloads, and {@link #stop} in the end, also
 * where it could not start.
 */
public interface Subsystem extends SnapshotSource {

  /**
   * Begins with the configuration that it was made for.
   *
   * @return done when all is up: empty, or why it cannot be; perhaps completed on another thread
   */
  CompletableFuture<Optional<String>> start() throws InterruptedException;

  /**
   * Goes once, against nothing and on the thread that calls it, through what an emergency needs, so
   * that no class is loaded in the first real one. Whoever started the daemon counts on it
   * afterwards.
   */
  void warmUp();

  /** Finds out what another configuration changes. Nothing has happened yet. */
  Reload plan(Configuration target);

  /**
   * What the operator may want of it while it runs.
   *
   * @param files the thread on which a file may be written, which may take its time
   */
  default List<Order> orders(Executor files) {
    return List.of();
  }

  /**
   * Ends: others are told to take over, and the kernel forgets what it was told, unless it is to be
   * left as it is. Returns when the kernel has heard of it, or does not answer.
   */
  void stop() throws InterruptedException;

  /** What a reload is about to do. It belongs to the subsystem that has planned it. */
  interface Reload {

    /** What there is to say of it, such as {@code 3 kept, 0 changed, 1 added, 0 removed}. */
    String summary();

    /**
     * What is added, changed and how, and removed, a line each: {@code changed VI_1: priority 100
     * -> 150}.
     */
    List<String> details();

    /** The most important of those lines, for the log: few, whatever it changes. */
    default List<String> news() {
      return List.of();
    }

    /**
     * Carries it out, once.
     *
     * @return done when the new configuration is in force; perhaps completed on another thread
     */
    CompletableFuture<Void> apply();
  }
}
