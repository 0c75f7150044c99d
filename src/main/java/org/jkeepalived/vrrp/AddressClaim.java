package org.jkeepalived.vrrp;

import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;

/**
 * What a virtual router has asked the kernel's addresses for. Answers come later, one for each
 * request and in their order; only the last one tells how things are.
 */
final class AddressClaim {

  /** What an answer means. */
  enum Answer {
    /** Something was asked after it, perhaps a release: it tells nothing. */
    OUTDATED,
    /** It is about addresses that were only tried. */
    TRIAL,
    /** It is about the addresses that a master holds. */
    CLAIM
  }

  private final Effects effects;

  /** Whose addresses the kernel is being asked for, only to see whether it accepts them now. */
  private Optional<VrrpInstance> tried = Optional.empty();

  private int answersAwaited;
  private boolean announcementOwed;

  AddressClaim(Effects effects) {
    this.effects = effects;
  }

  /** Takes addresses, to be announced when the kernel has them. */
  void take(VrrpInstance instance) {
    announcementOwed = true;
    answersAwaited++;
    effects.takeAddresses(instance);
  }

  /** Takes what is new, lets go of what is not wanted any more. */
  void replace(VrrpInstance before, VrrpInstance after) {
    announcementOwed = true;
    answersAwaited++;
    effects.replaceAddresses(before, after);
  }

  void release(VrrpInstance instance) {
    announcementOwed = false;
    effects.releaseAddresses(instance);
  }

  /** Asks for addresses only to see whether the kernel accepts them; nothing while that runs. */
  void tryOut(VrrpInstance instance) {
    if (tried.isEmpty()) {
      tried = Optional.of(instance);
      answersAwaited++;
      effects.takeAddresses(instance);
    }
  }

  /** Lets go of what was only tried: of that, whatever a reload has changed meanwhile. */
  void endTrial() {
    tried.ifPresent(effects::releaseAddresses);
    tried = Optional.empty();
  }

  /** Takes note of an answer, and ends a trial that it is about. */
  Answer answered() {
    answersAwaited--;
    if (answersAwaited > 0) {
      return Answer.OUTDATED;
    }
    if (tried.isPresent()) {
      endTrial();
      return Answer.TRIAL;
    }
    return Answer.CLAIM;
  }

  /** Whether the kernel is still busy, and its answer will have the addresses announced. */
  boolean isAnnouncementOwed() {
    return announcementOwed;
  }

  void announced() {
    announcementOwed = false;
  }
}
