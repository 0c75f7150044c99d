package org.jkeepalived.control;

import java.util.concurrent.CompletableFuture;

/** Something that the daemon does for whoever asks by its socket. */
public interface ControlCommand {

  /** The line's first word. */
  String name();

  /**
   * How the line is written, and what comes of it, such as {@code plan: what a reload would do}.
   */
  String usage();

  /**
   * Begins it. On the thread of whoever owns the socket, which must not be kept: what takes its
   * time is passed on to those who have it.
   *
   * @return completed on any thread
   */
  CompletableFuture<ControlAnswer> begin(ControlRequest request);
}
