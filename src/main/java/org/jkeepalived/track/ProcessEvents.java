package org.jkeepalived.track;

/**
 * Hears what happens to the machine's processes, in the order in which it happened. Threads are not
 * told.
 */
public interface ProcessEvents {

  /** A process has a new child, which is the same program still. */
  void forked(int parent, int child, long nowNanos);

  /** A process runs another program now. */
  void executed(int process, long nowNanos);

  /** A process has given itself another name. */
  void renamed(int process, String name, long nowNanos);

  /** A process has ended; its parent may not know yet. */
  void exited(int process, long nowNanos);
}
