package org.jkeepalived.lvs;

import java.util.Objects;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.model.lvs.Check;

/**
 * A check of a real server at one moment.
 *
 * @param configured what the operator asked for
 * @param look how it goes
 * @param added what it adds to the weight of its real server; may be negative
 */
public record CheckSnapshot(Check configured, CheckLook look, long added) {
  public CheckSnapshot {
    Objects.requireNonNull(configured);
    Objects.requireNonNull(look);
  }
}
