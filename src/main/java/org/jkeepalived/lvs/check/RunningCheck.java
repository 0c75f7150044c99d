package org.jkeepalived.lvs.check;

import java.util.OptionalLong;
import org.jkeepalived.model.lvs.Check;

/**
 * One check of one real server, as it runs. Lives on one thread. Whether it is up at first is told
 * to it.
 */
public interface RunningCheck {

  /** Makes checks; they do nothing until they are started. */
  @FunctionalInterface
  interface Maker {

    /**
     * Makes one.
     *
     * @param server whom it checks
     * @param up whether it is up at first
     * @param listener hears, on the same thread, what it finds out; never before {@link #start} has
     *     returned
     */
    RunningCheck make(CheckedServer server, Check check, boolean up, Listener listener);
  }

  /** Hears what a check finds out. */
  interface Listener {

    /**
     * The check has succeeded where it was down: at first, or after a failure that counted.
     *
     * @param reason for the mail, such as {@code TCP CHECK succeed on service}
     */
    void succeeded(String reason);

    /**
     * The check has failed where it was up, and there are no retries left.
     *
     * @param reason for the mail, such as {@code TCP CHECK failed on service}
     */
    void failed(String reason);

    /**
     * {@code misc_dynamic}: which weight the check wants has changed. It comes before {@link
     * #succeeded} and after {@link #failed}.
     *
     * @param weight instead of that of the configuration, 0 to 253; empty for that one
     */
    void weighs(OptionalLong weight);

    /**
     * {@code FILE_CHECK}: what the check adds to the weight has changed. It comes before {@link
     * #succeeded} and {@link #failed}.
     *
     * @param added in place of what it added before; may be negative
     */
    default void adds(long added) {
      // most kinds of checks add nothing
    }

    /**
     * A run has ended that counts, whether it has changed something or not. It comes after what it
     * has changed.
     *
     * @param up whether the check is up now
     * @param reason for the mail, as with {@link #succeeded} and {@link #failed}
     */
    default void judged(boolean up, String reason) {
      // most listeners go by what changes
    }
  }

  /** Begins: the first run comes after a random part of the warm-up, or after a second. */
  void start(long nowNanos);

  /** {@code ha_suspend}: does not run until it is resumed, and is what it was until then. */
  void suspend();

  /** Runs again as after a start; what it found out before holds until it has run. */
  void resume(long nowNanos);

  /** Ends it; nothing is heard of it any more, and what it has opened is closed. */
  void end();

  /** Whether it is up. */
  boolean isUp();

  /** What it adds to the weight of its server; may be negative. */
  default long added() {
    return 0;
  }

  /** How it goes. */
  CheckLook look();
}
