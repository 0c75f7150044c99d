package org.jkeepalived.lvs;

import java.util.OptionalLong;
import org.jkeepalived.model.lvs.Quorum;

/** Whether what is alive of a pool weighs enough, with keepalived's words for it. */
final class QuorumState {

  private Quorum rule;
  private boolean up;
  private long sinceNanos;
  private long gained;
  private long lost;

  /**
   * At the start what is lacking may be as much as it may be later on before the quorum is lost.
   *
   * @param weight of all that is alive
   */
  QuorumState(Quorum rule, long weight, long nowNanos) {
    this.rule = rule;
    sinceNanos = nowNanos;
    up = !isMissed(weight);
  }

  boolean isUp() {
    return up;
  }

  void reconfigure(Quorum next) {
    rule = next;
  }

  /** Takes the weight in; whether that has changed anything. */
  boolean weighs(long weight, long nowNanos) {
    boolean before = up;
    if (up) {
      up = !isMissed(weight);
    } else {
      up = weight >= rule.weight() + rule.hysteresis();
    }
    if (up == before) {
      return false;
    }
    sinceNanos = nowNanos;
    if (up) {
      gained++;
    } else {
      lost++;
    }
    return true;
  }

  ServiceSnapshot.QuorumLook look(long weight) {
    return new ServiceSnapshot.QuorumLook(up, weight, OptionalLong.of(sinceNanos), gained, lost);
  }

  private boolean isMissed(long weight) {
    return weight < rule.weight() - rule.hysteresis();
  }

  /** {@code 1-0=1 > 0}, {@code 1+0=1 <= 2}: the quorum, the hysteresis, their sum, the weight. */
  String text(long weight) {
    long quorum = rule.weight();
    long hysteresis = rule.hysteresis();
    return up && weight >= quorum + hysteresis
        ? quorum + "+" + hysteresis + "=" + (quorum + hysteresis) + " <= " + weight
        : quorum + "-" + hysteresis + "=" + (quorum - hysteresis) + (up ? " <= " : " > ") + weight;
  }
}
