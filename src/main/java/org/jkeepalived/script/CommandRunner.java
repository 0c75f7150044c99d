package org.jkeepalived.script;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.model.Command;

/** Runs commands. Lives on one thread, the one that its answers come on. */
public interface CommandRunner {

  /** What to run. */
  record Order(
      String label, Command command, List<String> moreArguments, OptionalLong timeoutNanos) {
    /**
     * @param label what log lines call it, such as {@code VRRP_Script(maint)}
     * @param command the program, its arguments, its user
     * @param moreArguments arguments after those of the command
     * @param timeoutNanos after which it is ended, its children with it; empty to wait for ever
     */
    public Order {
      moreArguments = List.copyOf(moreArguments);
    }
  }

  /** A command that runs. */
  interface Run {
    /** Ends it, its children with it: SIGTERM first, SIGKILL when that does not help. */
    void end();
  }

  /**
   * Starts a command. Never throws: what cannot be run is an outcome, too.
   *
   * @param done called once, never before this method has returned
   */
  Run start(Order order, Consumer<Outcome> done);
}
