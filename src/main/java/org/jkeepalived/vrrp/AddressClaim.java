package org.jkeepalived.vrrp;

import java.util.List;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * What a virtual router has asked the kernel for. Answers come later, one for each request and in
 * their order; only the last one tells how things are.
 *
 * <p>What the kernel refused is tried again from time to time, and nothing else: the rest would
 * only be a second machine with the addresses of a living master.
 */
final class AddressClaim {

  /** What an answer means. */
  enum Answer {
    /** Something was asked after it, perhaps a release: it tells nothing. */
    OUTDATED,
    /** The kernel accepts what it refused before. */
    ACCEPTED,
    /** What a master holds is there. */
    HELD,
    /** Something could not be added. */
    REFUSED
  }

  /** How long after a refusal the kernel is asked again. */
  private static final long TRY_AGAIN_NANOS = 30_000_000_000L;

  /** The pause is doubled at most that often: to 32 minutes. */
  private static final int MOST_DOUBLINGS = 6;

  private final Effects effects;
  private int answersAwaited;
  private boolean announcementOwed;

  /** What the kernel refused when it was asked last. */
  private List<KernelObject> refused = List.of();

  /** What the kernel is being asked for, only to see whether it accepts it now. */
  private List<KernelObject> tried = List.of();

  /** The last trial succeeded, and what a master holds has not been there since. */
  private boolean acceptedAlone;

  /** How often in a row the kernel refused what it had accepted alone. */
  private int vainTrials;

  AddressClaim(Effects effects) {
    this.effects = effects;
  }

  // ---- as a master ----

  /** Takes what a master holds, to be announced when the kernel has it. */
  void take(VrrpInstance instance) {
    announcementOwed = true;
    ask(InstanceObjects.of(instance));
  }

  /** Asks for all that a master holds once more: some of it may be gone, or possible by now. */
  void takeAgain(VrrpInstance instance) {
    ask(InstanceObjects.of(instance));
  }

  /** Takes what is new, lets go of what is not wanted any more. */
  void replace(VrrpInstance before, VrrpInstance after) {
    List<KernelObject> wanted = InstanceObjects.of(after);
    List<KernelObject> unwanted =
        InstanceObjects.leaving(before).stream().filter(old -> !wanted.contains(old)).toList();
    boolean sameAddresses = before.addresses().all().equals(after.addresses().all());
    if (!unwanted.isEmpty()) {
      if (!sameAddresses) {
        // what is waiting to be announced may be among them; the answer has the rest announced
        effects.cancelAnnouncements();
      }
      effects.release(unwanted);
    }
    announcementOwed |= !sameAddresses;
    ask(wanted);
  }

  void release(VrrpInstance instance) {
    announcementOwed = false;
    effects.release(InstanceObjects.leaving(instance));
  }

  private void ask(List<KernelObject> objects) {
    answersAwaited++;
    effects.take(objects);
  }

  // ---- after a refusal ----

  /** Whether an instance still wants something that the kernel refused. */
  boolean isRefused(VrrpInstance instance) {
    return InstanceObjects.of(instance).stream().anyMatch(refused::contains);
  }

  /** Asks for what was refused, to see whether the kernel accepts it; nothing while that runs. */
  void tryOut(VrrpInstance instance) {
    if (tried.isEmpty()) {
      tried = InstanceObjects.of(instance).stream().filter(refused::contains).toList();
      ask(tried);
    }
  }

  /** Lets go of what was only tried: of that, whatever a reload has changed meanwhile. */
  void endTrial() {
    if (!tried.isEmpty()) {
      effects.release(tried);
      tried = List.of();
    }
  }

  /**
   * How long after a refusal the kernel is asked again, 30 seconds to 32 minutes: where an object
   * is accepted alone and refused beside the others, each trial ends in a transition and back.
   */
  long tryAgainNanos() {
    return TRY_AGAIN_NANOS << Math.min(vainTrials, MOST_DOUBLINGS);
  }

  // ---- answers ----

  /**
   * Takes note of an answer, and ends a trial that it is about.
   *
   * @param refusals what could not be added
   */
  Answer answered(List<Refusal> refusals) {
    answersAwaited--;
    if (answersAwaited > 0) {
      return Answer.OUTDATED;
    }
    boolean trial = !tried.isEmpty();
    endTrial();
    if (!refusals.isEmpty()) {
      refused = refusals.stream().map(Refusal::object).toList();
      vainTrials += !trial && acceptedAlone ? 1 : 0;
      acceptedAlone = false;
      return Answer.REFUSED;
    }
    acceptedAlone = trial;
    if (trial) {
      return Answer.ACCEPTED;
    }
    vainTrials = 0;
    return Answer.HELD;
  }

  /** Whether the kernel is still busy, and its answer will have the addresses announced. */
  boolean isAnnouncementOwed() {
    return announcementOwed;
  }

  void announced() {
    announcementOwed = false;
  }
}
