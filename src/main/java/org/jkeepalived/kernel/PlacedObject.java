package org.jkeepalived.kernel;

import java.util.List;
import java.util.Objects;

/**
 * An object, and the links that its names mean now.
 *
 * @param linkIndices the kernel's numbers of the object's {@link KernelObject#links}, in their
 *     order
 */
public record PlacedObject(KernelObject object, List<Integer> linkIndices) {

  public PlacedObject {
    Objects.requireNonNull(object);
    linkIndices = List.copyOf(linkIndices);
    if (linkIndices.size() != object.links().size()) {
      throw new IllegalArgumentException(object + " on " + linkIndices);
    }
  }

  /** What makes it the same one for the kernel as another. */
  public KernelObject.Key key() {
    return object.key(linkIndices);
  }

  KernelRequest add() {
    return new KernelRequest(KernelRequest.Operation.ADD, this);
  }

  KernelRequest remove() {
    return new KernelRequest(KernelRequest.Operation.REMOVE, this);
  }
}
