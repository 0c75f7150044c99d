package org.jkeepalived.daemon;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkeepalived.config.grammar.Grammar;

/**
 * Loads the classes that a run needs, in the order in which it does, on a thread beside the start:
 * the start is a matter of loading two thousand classes, and this way a second core takes part in
 * it. Classes of a failover, a reload and a stop, which come last in that order, are there before
 * they are needed, too, whatever becomes of the files that they are in.
 *
 * <p>Loads, and does not initialise, but for the keywords' tables: what runs, and when, stays as it
 * is. A class that is not to be had is passed over, whoever needs it hears of it. The thread ends
 * with the list.
 */
public final class ClassPreloading {

  /** The property that names the list, of binary names, one a line. Without it nothing is done. */
  static final String PROPERTY = "org.jkeepalived.classes";

  private static final long STACK_BYTES = 512 * 1024L;

  private final Path list;
  private final ClassLoader loader;

  ClassPreloading(Path list, ClassLoader loader) {
    this.list = list;
    this.loader = loader;
  }

  /** Whether the launcher names a list. */
  static boolean isAsked() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Begins, where the launcher names a list. To be called first of all in the program. */
  public static void start() {
    String list = System.getProperty(PROPERTY);
    if (list == null) {
      return;
    }
    ClassPreloading preloading =
        new ClassPreloading(Path.of(list), ClassPreloading.class.getClassLoader());
    try {
      Thread thread = new Thread(null, preloading::load, "classes", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError noThread) {
      // at the limit of processes: the start takes longer, and is told of it where it matters
    }
  }

  /** Loads what is in the list, on the calling thread. */
  void load() {
    try {
      Grammar.prepare();
      String names = Files.readString(list, StandardCharsets.ISO_8859_1);
      int begin = 0;
      int end = names.indexOf('\n');
      while (end >= 0) {
        load(names.substring(begin, end));
        begin = end + 1;
        end = names.indexOf('\n', begin);
      }
    } catch (Throwable failed) {
      // nobody depends on it
    }
  }

  private void load(String name) {
    try {
      Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError passedOver) {
      // whoever needs it hears why
    }
  }
}
