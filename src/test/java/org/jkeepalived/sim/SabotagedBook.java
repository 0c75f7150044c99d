package org.jkeepalived.sim;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.address.InstanceObjects;

/** The objects that virtual routers hold, by production's code, unless that is sabotaged. */
record SabotagedBook(SimulatedNode node, HeldObjects real) implements KernelBook {

  @Override
  public void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer) {
    if (!(owner instanceof RunningRouter running)) {
      real.add(owner, objects, answer);
      return;
    }
    Sabotage sabotage = node.sabotage();
    VirtualRouter router = running.router();
    boolean all = sabotage == Sabotage.TRIES_ALL && router.state() == State.FAULT;
    real.add(
        owner,
        all ? InstanceObjects.of(router.instance()) : objects,
        refused -> {
          node.observations().hearsRefusals(ScenarioDice.router(router.instance().name()), refused);
          if (sabotage == Sabotage.LOSES_ANSWERS && node.oneIn(10)) {
            return;
          }
          answer.accept(sabotage == Sabotage.IGNORES_REFUSAL ? List.of() : refused);
        });
  }

  @Override
  public void remove(Holder owner, List<KernelObject> objects) {
    if (node.sabotage() != Sabotage.KEEPS_ADDRESSES) {
      real.remove(owner, objects);
    }
  }
}
