package org.jkeepalived.sim;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;

/** The objects that virtual routers hold, by production's code, unless that is sabotaged. */
record SabotagedBook(SimulatedNode node, HeldObjects real) implements KernelBook {

  @Override
  public void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer) {
    Sabotage sabotage = node.sabotage();
    real.add(
        owner,
        objects,
        refused -> {
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
