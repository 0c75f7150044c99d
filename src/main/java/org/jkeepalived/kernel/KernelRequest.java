package org.jkeepalived.kernel;

import java.util.Objects;

/** Asks the kernel to add an object, or to remove it. */
public record KernelRequest(Operation operation, PlacedObject target) {

  /** What to do with the object. */
  public enum Operation {
    ADD,
    REMOVE
  }

  public KernelRequest {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(target);
  }

  public KernelObject object() {
    return target.object();
  }

  public KernelObject.Key key() {
    return target.key();
  }

  public boolean isAddition() {
    return operation == Operation.ADD;
  }

  /** {@code add 10.0.0.1/32 to eth0}. */
  @Override
  public String toString() {
    return (isAddition() ? "add " : "remove ") + object().text(operation);
  }
}
