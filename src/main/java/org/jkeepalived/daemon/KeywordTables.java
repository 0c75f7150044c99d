package org.jkeepalived.daemon;

import org.jkeepalived.config.grammar.Grammar;

/**
 * Has the keywords' tables made on a thread beside the start of a daemon, which else would make
 * them when it reads its configuration, 15 ms later: they need nothing that the start does, and
 * there is a second core. The thread ends with them.
 */
public final class KeywordTables {

  private static final long STACK_BYTES = 512 * 1024L;

  private KeywordTables() {}

  /** Begins. To be called before anything that a start takes its time for. */
  public static void prepare() {
    try {
      Thread thread = new Thread(null, KeywordTables::make, "keywords", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError noThread) {
      // at the limit of processes: the start takes longer, and is told of it where it matters
    }
  }

  private static void make() {
    try {
      Grammar.prepare();
    } catch (LinkageError failed) {
      // the first reading fails for the same reason, and tells of it
    }
  }
}
