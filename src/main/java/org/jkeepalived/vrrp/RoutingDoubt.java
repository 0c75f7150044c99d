package org.jkeepalived.vrrp;

import java.util.Optional;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;

/**
 * Whether routes may be gone, or possible that were not: after a link or an address came or went.
 * What happened is not looked at closer; to ask the kernel for what is there costs little.
 */
final class RoutingDoubt implements LinkEvents {

  private boolean concerns;
  private boolean goneInDoubt;
  private boolean missingInDoubt;

  /** Whether there is anything that could be gone. */
  void concerns(boolean doesIt) {
    concerns = doesIt;
  }

  @Override
  public void linkChanged(LinkState link) {
    goneInDoubt = true;
  }

  @Override
  public void linkRemoved(LinkState link) {
    goneInDoubt = true;
  }

  @Override
  public void addressAdded(LinkAddress address) {
    missingInDoubt = true;
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    goneInDoubt = true;
  }

  /** All is in doubt. */
  void all() {
    goneInDoubt = true;
  }

  /**
   * Takes note that it is being looked after.
   *
   * @return whether only what is missing is in doubt; empty while nothing is
   */
  Optional<Boolean> take() {
    boolean any = concerns && (goneInDoubt || missingInDoubt);
    boolean onlyMissing = !goneInDoubt;
    goneInDoubt = false;
    missingInDoubt = false;
    return any ? Optional.of(onlyMissing) : Optional.empty();
  }
}
