package org.jkeepalived.cli;

import java.io.PrintStream;
import org.jkeepalived.model.lvs.HttpCheck;

/** Asks for a page and prints its digest, for genhash. */
@FunctionalInterface
public interface PageAsker {

  /**
   * Asks.
   *
   * @param check its url is asked for
   * @param verbose the page is printed, too
   * @return the process's exit code
   */
  int ask(HttpCheck check, boolean verbose, PrintStream out, PrintStream err);
}
