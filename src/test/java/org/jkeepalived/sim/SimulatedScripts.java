package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.track.Condition;

/** What the scripts of one machine say, and what its process knows of that. */
final class SimulatedScripts {

  private static final int OWNER = 255;

  private final SimulatedNode node;
  private final List<Scenario.Check> checks;
  private final boolean[] well;
  private final List<Optional<Boolean>> told = new ArrayList<>();

  SimulatedScripts(SimulatedNode node, List<Scenario.Check> checks) {
    this.node = node;
    this.checks = checks;
    well = new boolean[checks.size()];
    for (int check = 0; check < well.length; check++) {
      well[check] = true;
      told.add(Optional.empty());
    }
  }

  /** A script says something else, or it is found out for the first time. */
  void says(int check, boolean up) {
    well[check] = up;
    if (node.isAlive()) {
      node.command(() -> tell(check));
    }
  }

  boolean isWell(int check) {
    return well[check];
  }

  private void tell(int check) {
    boolean first = told.get(check).isEmpty();
    if (!node.reading().checks().contains(checks.get(check))) {
      return;
    }
    List<Integer> before = new ArrayList<>();
    checks.get(check).routers().forEach(router -> before.add(node.priority(router)));
    told.set(check, Optional.of(well[check]));
    for (int i = 0; i < before.size(); i++) {
      node.tracked(checks.get(check).routers().get(i), before.get(i));
    }
    if (first || node.sabotage() != Sabotage.BLIND_TO_SCRIPTS) {
      node.routers().changed(thing(check), well[check] ? Condition.UP : Condition.DOWN);
    }
  }

  private TrackTarget thing(int check) {
    return checks.get(check).tracked().target();
  }

  /** The process reads its file: what is new in it is found out a little later. */
  void read(List<Scenario.Check> before, List<Scenario.Check> now, boolean newProcess) {
    for (int check = 0; check < well.length; check++) {
      if (newProcess || !now.contains(checks.get(check)) || !before.contains(checks.get(check))) {
        told.set(check, Optional.empty());
        if (now.contains(checks.get(check))) {
          int later = check;
          node.soon(() -> tell(later));
        }
      }
    }
  }

  /** The effective priority, written down once more from the manual. */
  int priority(VrrpInstance instance, int router) {
    int base = instance.election().priority();
    Optional<Integer> check = checkOf(router);
    if (base == OWNER || check.isEmpty() || told.get(check.get()).isEmpty()) {
      return base;
    }
    int weight = checks.get(check.get()).tracked().weight().value();
    boolean up = told.get(check.get()).get();
    int added = weight > 0 && up || weight < 0 && !up ? weight : 0;
    return Math.max(1, Math.min(254, base + added));
  }

  /** What is tracked without a weight has failed. */
  boolean isFault(int router) {
    return checkOf(router)
        .filter(this::hasNoWeight)
        .filter(check -> told.get(check).equals(Optional.of(false)))
        .isPresent();
  }

  /** What is tracked without a weight has not run yet. */
  boolean isUndecided(int router) {
    return checkOf(router)
        .filter(this::hasNoWeight)
        .filter(check -> told.get(check).isEmpty())
        .isPresent();
  }

  private boolean hasNoWeight(int check) {
    return checks.get(check).tracked().weight().value() == 0;
  }

  private Optional<Integer> checkOf(int router) {
    for (int check = 0; check < checks.size(); check++) {
      if (checks.get(check).routers().contains(router)
          && node.reading().checks().contains(checks.get(check))) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
