package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the daemon tells of what happens.
 *
 * @param all {@code notify_fifo}
 * @param vrrp {@code vrrp_notify_fifo}
 * @param lvs {@code lvs_notify_fifo}
 * @param statesOnReload {@code fifo_write_vrrp_states_on_reload}
 * @param mail where alerts go; empty without {@code notification_email}
 * @param dumps what it writes when it is asked
 */
public record Reporting(
    Optional<Fifo> all,
    Optional<Fifo> vrrp,
    Optional<Fifo> lvs,
    boolean statesOnReload,
    Optional<MailSettings> mail,
    Dumps dumps) {
  /** Nowhere. */
  public static final Reporting NONE =
      new Reporting(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

  public Reporting {
    Objects.requireNonNull(all);
    Objects.requireNonNull(vrrp);
    Objects.requireNonNull(lvs);
    Objects.requireNonNull(mail);
    Objects.requireNonNull(dumps);
  }

  /** With the usual dumps. */
  public Reporting(
      Optional<Fifo> all,
      Optional<Fifo> vrrp,
      Optional<Fifo> lvs,
      boolean statesOnReload,
      Optional<MailSettings> mail) {
    this(all, vrrp, lvs, statesOnReload, mail, Dumps.STANDARD);
  }
}
